/*
 * calendar/words: the words that policies use for the numbers of calendar.h.
 *
 * Owns: the words. Must not know: what they do.
 */
#include "calendar/calendar.h"

#define COUNT(words) ((int32_t)(sizeof(words) / sizeof *(words)))

static const char *const units[] = {NULL, "minutes", "working_minutes", "calendar_days", "working_days"};
static const char *const first_days[] = {"excluded", "included"};
static const char *const rolls[] = {"none", "following", "preceding"};
static const char *const receipts[] = {"as_is", "next_working_day"};
static const char *const dues[] = {"end_of_day", "office_close"};
static const char *const kinds[] = {NULL, "fixed", "lunar", "substitution", "special", "ploughing"};

static int32_t find(cpl_str name, const char *const *words, int32_t count) {
    for (int32_t i = 0; i < count; ++i) {
        if (words[i] && cpl_str_is(name, words[i])) return i;
    }
    return -1;
}

static const char *name_of(int32_t number, const char *const *words, int32_t count) { return number >= 0 && number < count ? words[number] : NULL; }

int32_t cpl_calendar_unit_find(cpl_str name) { return find(name, units, COUNT(units)); }
const char *cpl_calendar_unit_name(int32_t unit) { return name_of(unit, units, COUNT(units)); }

int32_t cpl_calendar_first_day_find(cpl_str name) { return find(name, first_days, COUNT(first_days)); }
const char *cpl_calendar_first_day_name(int32_t first_day) { return name_of(first_day, first_days, COUNT(first_days)); }

int32_t cpl_calendar_roll_find(cpl_str name) { return find(name, rolls, COUNT(rolls)); }
const char *cpl_calendar_roll_name(int32_t roll) { return name_of(roll, rolls, COUNT(rolls)); }

int32_t cpl_calendar_receipt_find(cpl_str name) { return find(name, receipts, COUNT(receipts)); }
const char *cpl_calendar_receipt_name(int32_t receipt) { return name_of(receipt, receipts, COUNT(receipts)); }

int32_t cpl_calendar_due_at_find(cpl_str name) { return find(name, dues, COUNT(dues)); }
const char *cpl_calendar_due_at_name(int32_t due_at) { return name_of(due_at, dues, COUNT(dues)); }

const char *cpl_calendar_kind_name(int32_t kind) { return name_of(kind, kinds, COUNT(kinds)); }
