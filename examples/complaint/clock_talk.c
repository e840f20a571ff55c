/*
 * What an event did to the deadlines of its case, as sentences: reminders with those left out, pauses, extensions, deadlines that moved with the old and the new one,
 * results that were late, corrections. An event names its clock by a number; which clock that is, and what its deadline was, was said by the events before.
 */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

struct known_clock {
    buffer rule;
    int64_t due;
};

static known_clock *clock_at(clock_talk *talk, int64_t seq) {
    if (seq < 1 || seq > 10000) return NULL;
    while (talk->count < (size_t)seq) {
        talk->clocks = grow(talk->clocks, (talk->count + 1) * sizeof *talk->clocks);
        talk->clocks[talk->count++] = (known_clock){0};
    }
    return &talk->clocks[seq - 1];
}

void end_talk(clock_talk *talk) {
    for (size_t i = 0; i < talk->count; i++) release(&talk->clocks[i].rule);
    free(talk->clocks);
    *talk = (clock_talk){0};
}

/* ---- sentences; `item` is the clock's entry in the event ---- */

typedef struct telling {
    const cli *c;
    clock_talk *talk;
    buffer *out;
} telling;

static const char *name_of(const cli *c, const known_clock *k) { return k->rule.size > 0 ? label_of(c, COMPLAINT_CODE_CLOCK, k->rule.data) : "กำหนดเวลา"; }

/* `ครบกำหนดสิ้นวันที่ 6 พ.ย.`, `ครบกำหนด 8 พ.ย. 2568 เวลา 08.30 น.`: a day and hour stand apart from the word before. */
static void say_deadline(buffer *out, int64_t due) {
    int32_t day = 0;
    int64_t millisecond = 0;
    if (complaint_date_of_instant(due, &day, &millisecond) == COMPLAINT_OK && millisecond != 0) add_text(out, " ");
    add_deadline(out, due);
}

static void say_moved(const known_clock *k, int64_t was, buffer *out) {
    bool moved = was != 0 && was != k->due;
    add_text(out, moved ? " เลื่อนกำหนดจาก" : " ครบกำหนด");
    if (moved) {
        say_deadline(out, was);
        add_text(out, " เป็น");
    }
    say_deadline(out, k->due);
}

static void say_paused(const telling *t, const known_clock *k, const char *item, int64_t was) {
    (void)k, (void)item, (void)was;
    add_text(t->out, " หยุดนับชั่วคราว");
}

/* Reminders that nobody was given, because a later one was due too or the clock stood still. */
static void say_skipped(const telling *t, const char *item) {
    int64_t skipped = json_number(item, "skipped", 0);
    if (skipped == 0) return;
    add_text(t->out, " (ข้ามการแจ้งเตือนก่อนหน้า ");
    add_number(t->out, skipped);
    add_text(t->out, " ครั้ง)");
}

static void say_resumed(const telling *t, const known_clock *k, const char *item, int64_t was) {
    add_text(t->out, " นับต่อ");
    say_moved(k, was, t->out);
    say_skipped(t, item);
}

static void say_extended(const telling *t, const known_clock *k, const char *item, int64_t was) {
    (void)item;
    add_text(t->out, " ขยายเวลา");
    say_moved(k, was, t->out);
}

static void say_recomputed(const telling *t, const known_clock *k, const char *item, int64_t was) {
    add_text(t->out, " คำนวณใหม่");
    say_moved(k, json_number(item, "was", was), t->out);
}

static void say_late(const telling *t, const char *item) {
    int64_t late = json_number(item, "late", 0);
    add_text(t->out, late > 0 ? "ช้ากว่ากำหนด " : "ทันกำหนด");
    if (late > 0) add_duration(t->out, late);
}

/* Being in time is what is expected, and stands in the list of deadlines. */
static void say_stopped(const telling *t, const known_clock *k, const char *item, int64_t was) {
    (void)k, (void)was;
    add_text(t->out, " ");
    say_late(t, item);
}

static void say_corrected(const telling *t, const known_clock *k, const char *item, int64_t was) {
    (void)k, (void)was;
    add_text(t->out, " แก้ไขผลที่บันทึกไว้ก่อน เป็น");
    say_late(t, item);
}

static void say_interim(const telling *t, const known_clock *k, const char *item, int64_t was) {
    (void)k, (void)was;
    add_text(t->out, " รายงานความคืบหน้า");
    say_late(t, item);
}

static void say_warned(const telling *t, const known_clock *k, const char *item, int64_t was) {
    (void)was;
    add_text(t->out, " ครบกำหนด");
    say_deadline(t->out, k->due);
    say_skipped(t, item);
}

static const struct {
    const char *act;
    void (*say)(const telling *t, const known_clock *k, const char *item, int64_t was);
} acts[] = {{"pause", say_paused}, {"resume", say_resumed},    {"extend", say_extended},   {"move", say_recomputed},
            {"stop", say_stopped}, {"correct", say_corrected}, {"interim", say_interim}, {"warn", say_warned}};

static bool is_worth_saying(const char *act, const char *item) { return strcmp(act, "stop") != 0 || json_number(item, "late", 0) > 0; }

static void learn(known_clock *k, const char *item) {
    const char *begin, *end;
    k->due = json_number(item, "due", k->due);
    if (!json_find(item, "rule", &begin, &end)) return;
    clear(&k->rule);
    json_plain(item, "rule", &k->rule);
}

static void say_clock(void *context, const char *item) {
    const telling *t = context;
    known_clock *k = clock_at(t->talk, json_number(item, "seq", 0));
    buffer done = {0};
    if (!k) return;
    int64_t was = k->due;
    learn(k, item);
    clear(&done);
    json_plain(item, "do", &done);
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        if (strcmp(acts[i].act, done.data) != 0 || !is_worth_saying(done.data, item)) continue;
        if (t->out->size > 0) add_text(t->out, "\n");
        add_text(t->out, name_of(t->c, k));
        add_text(t->out, ":");
        acts[i].say(t, k, item, was);
    }
    release(&done);
}

void say_clocks(const cli *c, clock_talk *talk, const char *payload, buffer *out) {
    telling t = {c, talk, out};
    json_items(payload, "clocks", say_clock, &t);
}
