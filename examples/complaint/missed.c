/*
 * Channels that were not looked at, as a person is told: a line for days that follow each other and lack the same.
 */
#include "cli.h"

#include <string.h>

enum { MOST_DAYS = 7 };

static int64_t day_at(const listing *l, size_t i) { return complaint_page_integer_of(l->pages.items[l->rows[i].page], l->rows[i].at, "day"); }

static const char *channel_at(const listing *l, size_t i) { return complaint_page_text_of(l->pages.items[l->rows[i].page], l->rows[i].at, "channel"); }

/* Where the day begins that ends before row `end`. */
static size_t begin_of_day(const listing *l, size_t end) {
    size_t begin = end - 1;
    while (begin > 0 && day_at(l, begin - 1) == day_at(l, end - 1)) begin--;
    return begin;
}

/* Rows of unchecked channels, [first, end), of one day or of several that lack the same. */
typedef struct lacking {
    size_t first, end; /* of the latest day */
    int64_t from, to;  /* days, both included */
} lacking;

static bool lack_the_same(const listing *l, const lacking *known, size_t first, size_t end) {
    if (end - first != known->end - known->first || day_at(l, first) != known->from - 1) return false;
    for (size_t i = 0; i < end - first; i++)
        if (strcmp(channel_at(l, first + i), channel_at(l, known->first + i)) != 0) return false;
    return true;
}

/* The lines there are, the latest day first: that of today can still be helped, and stands alone. */
static size_t read_lacking(const cli *c, const listing *l, lacking lines[MOST_DAYS]) {
    size_t count = 0;
    for (size_t end = l->count; end > 0;) {
        size_t first = begin_of_day(l, end);
        lacking *last = count > 0 ? &lines[count - 1] : NULL;
        if (last && last->to != host_today(c) && lack_the_same(l, last, first, end))
            last->from = day_at(l, first);
        else if (count < MOST_DAYS)
            lines[count++] = (lacking){first, end, day_at(l, first), day_at(l, first)};
        end = first;
    }
    return count;
}

static void add_days(const cli *c, const lacking *line, buffer *out) {
    char text[320];
    size_t needed = 0;
    int32_t weekday = line->from == line->to ? COMPLAINT_WITH_WEEKDAY : 0;
    if (line->to == host_today(c)) {
        add_text(out, "วันนี้ยังไม่ตรวจ");
        return;
    }
    add_text(out, "ขาดการตรวจ ");
    if (complaint_date_format_range((int32_t)line->from, (int32_t)line->to, COMPLAINT_DATE_SHORT, weekday, text, sizeof text, &needed) == COMPLAINT_OK) add_text(out, text);
}

/* All channels of the day are unchecked: its page has no other rows of that day. */
static bool lacks_all(const listing *l, const lacking *line) {
    const complaint_page *page = l->pages.items[0];
    size_t channels = 0;
    for (int64_t i = 0; i < complaint_page_count(page); i++) channels += complaint_page_integer_of(page, i, "day") == line->to;
    return channels == line->end - line->first;
}

static void add_channels(const cli *c, const listing *l, const lacking *line, buffer *out) {
    if (lacks_all(l, line)) {
        add_text(out, "ทุกช่องทาง");
        return;
    }
    for (size_t i = line->first; i < line->end; i++) {
        add_text(out, i > line->first ? ", " : "");
        add_text(out, label_of(c, COMPLAINT_CODE_CHANNEL, channel_at(l, i)));
    }
}

size_t missed_lines(const cli *c, const listing *l) {
    lacking lines[MOST_DAYS];
    return read_lacking(c, l, lines);
}

size_t print_missed(const cli *c, const listing *l, size_t most) {
    lacking lines[MOST_DAYS];
    size_t count = read_lacking(c, l, lines);
    table *t = table_new(2);
    table_allow(t, 1, FIT_WRAP, 0);
    for (size_t i = 0; i < count && i < most; i++) {
        buffer days = {0}, channels = {0};
        add_days(c, &lines[i], &days);
        add_channels(c, l, &lines[i], &channels);
        table_cell(t, days.data);
        table_cell(t, channels.data);
        release(&days);
        release(&channels);
    }
    if (count == 0) (void)fprintf(c->out, "  ตรวจครบทุกช่องทาง\n");
    table_print_aligned(t, c->out, "  ", c->width);
    table_free(t);
    return count > most ? count - most : 0;
}
