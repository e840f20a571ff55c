/* The date parser, fed with anything. What it reads it must read the same again after every way of writing it. */
#include "fuzz.h"

#include <complaint/date.h>

#include <string.h>

typedef struct reading {
    complaint_status status;
    int32_t precision, day, era, error, expected;
    int64_t instant;
    size_t offset;
} reading;

static reading read_date(const char *text, size_t size, int32_t reference) {
    reading r;
    memset(&r, 0, sizeof r);
    r.status = complaint_date_parse(text, size, reference, &r.precision, &r.day, &r.instant, &r.era, &r.error, &r.expected, &r.offset);
    return r;
}

static void check_fault(const reading *r, size_t size) {
    PROMISE(r->offset <= size);
    PROMISE(r->error >= COMPLAINT_DATE_ERROR_EMPTY && r->error <= COMPLAINT_DATE_ERROR_TRAILING_TEXT);
    PROMISE(*complaint_date_expected_text(r->expected, 1) != '\0');
    PROMISE(r->status == (r->error == COMPLAINT_DATE_ERROR_YEAR_OUT_OF_RANGE ? COMPLAINT_E_RANGE : COMPLAINT_E_INVALID));
}

static void check_written(const reading *r) {
    char text[160];
    size_t n;
    for (int32_t style = COMPLAINT_DATE_ISO; style <= COMPLAINT_DATE_OFFICIAL; style++) {
        int32_t options = style == COMPLAINT_DATE_ISO ? 0 : r->day & (COMPLAINT_DIGITS_THAI | COMPLAINT_WITH_WEEKDAY);
        PROMISE(complaint_date_format(r->day, style, options, text, sizeof text, &n) == COMPLAINT_OK);
        reading again = read_date(text, n, INT32_MIN);
        PROMISE(again.status == COMPLAINT_OK && again.day == r->day && again.precision == COMPLAINT_PRECISION_DAY);
    }
    PROMISE(complaint_date_format_instant(r->instant, COMPLAINT_DATE_ISO, 0, text, sizeof text, &n) == COMPLAINT_OK);
    reading again = read_date(text, n, INT32_MIN);
    PROMISE(again.status == COMPLAINT_OK && again.instant == r->instant);
}

static void check_date(const reading *r) {
    int32_t day;
    int64_t ms;
    PROMISE(complaint_date_of_instant(r->instant, &day, &ms) == COMPLAINT_OK);
    PROMISE(day == r->day && (ms == 0 || r->precision != COMPLAINT_PRECISION_DAY));
    PROMISE(r->precision >= COMPLAINT_PRECISION_DAY && r->precision <= COMPLAINT_PRECISION_MILLISECOND);
    PROMISE(r->era >= COMPLAINT_ERA_NONE && r->era <= COMPLAINT_ERA_COMMON);
    check_written(r);
}

/* What programs may write people may write too, with the same meaning. */
static void check_strict(const char *text, size_t size, const reading *r) {
    int32_t parsed, day;
    int64_t instant;
    size_t offset = 0;
    complaint_status status = complaint_date_parse_iso(text, size, &parsed, &day, &instant, &offset);
    PROMISE(offset <= size);
    if (status != COMPLAINT_OK) return;
    PROMISE(r->status == COMPLAINT_OK && r->day == day && r->instant == instant);
    PROMISE((parsed == COMPLAINT_PARSED_DAY) == (r->precision == COMPLAINT_PRECISION_DAY));
}

void fuzz_one(fuzz *f, const uint8_t *data, size_t size) {
    static const int32_t references[] = {20762 /* 5 November 2569 */, INT32_MIN};
    const char *text = (const char *)data;
    (void)f; /* no memory is asked for */
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        reading r = read_date(text, size, references[i]);
        if (r.status == COMPLAINT_OK)
            check_date(&r);
        else
            check_fault(&r, size);
        check_strict(text, size, &r);
    }
}
