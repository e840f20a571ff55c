/*
 * calendar/parse_names: the names of months, days of the week and eras, carefully and carelessly written.
 *
 * Owns: their spellings. Must not know: where in a date they stand.
 */
#include "calendar/parse.h"

/* Letter, dot, letter, dot, the dots where people remember them: `พ.ย.`, `พ.ย`, `พย.`, `พย`, `พ. ย.`. Without the last dot no letter may
 * follow, so that the beginning of another word is not taken for it. */
static bool accept_dotted(cpl_reader *r, cpl_str first, cpl_str second) {
    size_t start = r->at;
    if (!cpl_accept(r, first)) return false;
    if (cpl_accept(r, CPL_LIT("."))) cpl_read_blanks(r);
    if (cpl_accept(r, second) && (cpl_accept(r, CPL_LIT(".")) || !cpl_at_letter(r))) return true;
    r->at = start;
    return false;
}

/* The last byte of the Thai letter at the reader, with 0x100 for those from U+0E40 on; 0 when there is none. */
static unsigned thai_letter(const cpl_reader *r) {
    const unsigned char *p = r->text + r->at;
    if (r->size - r->at < 3 || p[0] != 0xE0) return 0;
    return p[1] == 0xB8 ? p[2] : p[1] == 0xB9 ? 0x100u + p[2] : 0;
}

/* ---- months ---- */

static const struct {
    cpl_str first, second;
} brief_month[] = {
    {CPL_WORD(""), CPL_WORD("")},   {CPL_WORD("ม"), CPL_WORD("ค")}, {CPL_WORD("ก"), CPL_WORD("พ")}, {CPL_WORD("มี"), CPL_WORD("ค")}, {CPL_WORD("เม"), CPL_WORD("ย")},
    {CPL_WORD("พ"), CPL_WORD("ค")}, {CPL_WORD("มิ"), CPL_WORD("ย")}, {CPL_WORD("ก"), CPL_WORD("ค")}, {CPL_WORD("ส"), CPL_WORD("ค")}, {CPL_WORD("ก"), CPL_WORD("ย")},
    {CPL_WORD("ต"), CPL_WORD("ค")}, {CPL_WORD("พ"), CPL_WORD("ย")}, {CPL_WORD("ธ"), CPL_WORD("ค")},
};

/* The months that begin with a letter, as bits 1 .. 12. */
static unsigned months_of(unsigned letter) {
    switch (letter) {
    case 0xA1: /* ม */
        return 1u << 1 | 1u << 3 | 1u << 6;
    case 0x81: /* ก */
        return 1u << 2 | 1u << 7 | 1u << 9;
    case 0x180: /* เ */
        return 1u << 4;
    case 0x9E: /* พ */
        return 1u << 5 | 1u << 11;
    case 0xAA: /* ส */
        return 1u << 8;
    case 0x95: /* ต */
        return 1u << 10;
    case 0x98: /* ธ */
        return 1u << 12;
    default:
        return 0;
    }
}

static int32_t read_thai_month(cpl_reader *r) {
    unsigned candidates = months_of(thai_letter(r));
    for (int32_t month = 1; candidates >> month != 0; ++month) {
        if (!(candidates >> month & 1)) continue;
        if (cpl_accept(r, cpl_month_names[month].full) || accept_dotted(r, brief_month[month].first, brief_month[month].second)) return month;
    }
    return candidates && cpl_accept(r, CPL_LIT("กรกฏาคม")) ? 7 : 0; /* ฏ for ฎ is seen as often as the right letter */
}

/* Whether the Latin letters of `word` (lower case) stand here, in any case; they are taken when no letter follows. */
static bool accept_latin(cpl_reader *r, cpl_str word) {
    size_t start = r->at;
    if (r->size - r->at < word.n) return false;
    for (size_t i = 0; i < word.n; ++i)
        if ((r->text[start + i] | 0x20) != (unsigned char)word.p[i]) return false;
    r->at += word.n;
    if (!cpl_at_letter(r)) return true;
    r->at = start;
    return false;
}

static int32_t read_english_month(cpl_reader *r) {
    static const cpl_str names[] = {CPL_WORD(""),     CPL_WORD("january"), CPL_WORD("february"),  CPL_WORD("march"),   CPL_WORD("april"),    CPL_WORD("may"),     CPL_WORD("june"),
                                    CPL_WORD("july"), CPL_WORD("august"),  CPL_WORD("september"), CPL_WORD("october"), CPL_WORD("november"), CPL_WORD("december")};
    for (int32_t month = 1; month <= 12; ++month) {
        if (accept_latin(r, names[month])) return month;
        if (accept_latin(r, (cpl_str){names[month].p, 3}) || (month == 9 && accept_latin(r, CPL_LIT("sept")))) {
            cpl_accept(r, CPL_LIT("."));
            return month;
        }
    }
    return 0;
}

int32_t cpl_read_month(cpl_reader *r) {
    int c = cpl_peek(r);
    if (c == 0xE0) return read_thai_month(r);
    return c >= 'A' && c <= 'z' ? read_english_month(r) : 0;
}

/* ---- days of the week ---- */

/* After an abbreviation the day of the month has to come: `พ.` is Wednesday in `พ. 4 พ.ย.` only. */
static bool before_a_day(cpl_reader *r) {
    size_t start = r->at;
    cpl_accept(r, CPL_LIT("."));
    size_t end = r->at;
    cpl_read_blanks(r);
    bool found = cpl_at_digit(r) || cpl_accept(r, CPL_LIT("ที่")) || cpl_accept(r, CPL_LIT("วันที่"));
    r->at = found ? end : start;
    return found;
}

static bool accept_brief_weekday(cpl_reader *r, cpl_str name) {
    size_t start = r->at;
    name.n -= 1; /* the dot is optional */
    if (cpl_accept(r, name) && before_a_day(r)) return true;
    r->at = start;
    return false;
}

static int32_t read_thai_weekday(cpl_reader *r) {
    size_t start = r->at;
    bool said = cpl_accept(r, CPL_LIT("วัน"));
    for (int32_t day = COMPLAINT_MONDAY; day <= COMPLAINT_SUNDAY; ++day) {
        if (cpl_accept(r, cpl_weekday_names[day].full) || (!said && accept_brief_weekday(r, cpl_weekday_names[day].brief))) return day;
    }
    if (cpl_accept(r, CPL_LIT("พฤหัส"))) return COMPLAINT_THURSDAY;
    r->at = start;
    return 0;
}

static int32_t read_english_weekday(cpl_reader *r) {
    static const cpl_str names[] = {CPL_WORD(""),         CPL_WORD("monday"), CPL_WORD("tuesday"),  CPL_WORD("wednesday"),
                                    CPL_WORD("thursday"), CPL_WORD("friday"), CPL_WORD("saturday"), CPL_WORD("sunday")};
    for (int32_t day = COMPLAINT_MONDAY; day <= COMPLAINT_SUNDAY; ++day) {
        if (accept_latin(r, names[day])) return day;
        if (accept_latin(r, (cpl_str){names[day].p, 3})) {
            cpl_accept(r, CPL_LIT("."));
            return day;
        }
    }
    return 0;
}

int32_t cpl_read_weekday(cpl_reader *r) {
    int c = cpl_peek(r);
    if (c == 0xE0) return read_thai_weekday(r);
    return c >= 'A' && c <= 'z' ? read_english_weekday(r) : 0;
}

/* ---- eras ---- */

typedef struct era_word {
    cpl_str word;
    int32_t era; /* COMPLAINT_ERA_NONE: one that is not read */
} era_word;

static bool accept_one(cpl_reader *r, const era_word *words, size_t count, int32_t *era) {
    for (size_t i = 0; i < count; ++i) {
        if (!cpl_accept(r, words[i].word)) continue;
        *era = words[i].era;
        return true;
    }
    return false;
}

/* `พ.ศ.`, `พ.ศ`, `พศ` and the like. */
static bool accept_brief_era(cpl_reader *r, int32_t *era) {
    static const era_word first[] = {
        {CPL_WORD("พ"), COMPLAINT_ERA_BUDDHIST}, {CPL_WORD("ค"), COMPLAINT_ERA_COMMON}, {CPL_WORD("ร"), COMPLAINT_ERA_NONE},
        {CPL_WORD("จ"), COMPLAINT_ERA_NONE},     {CPL_WORD("ม"), COMPLAINT_ERA_NONE},   {CPL_WORD("ฮ"), COMPLAINT_ERA_NONE},
    };
    for (size_t i = 0; i < sizeof first / sizeof *first; ++i) {
        if (!accept_dotted(r, first[i].word, (cpl_str)CPL_WORD("ศ"))) continue;
        *era = first[i].era;
        return true;
    }
    return false;
}

static bool accept_thai_era(cpl_reader *r, int32_t *era) {
    static const era_word words[] = {
        {CPL_WORD("พุทธศักราช"), COMPLAINT_ERA_BUDDHIST}, {CPL_WORD("คริสต์ศักราช"), COMPLAINT_ERA_COMMON}, {CPL_WORD("คริสตศักราช"), COMPLAINT_ERA_COMMON},
        {CPL_WORD("รัตนโกสินทร"), COMPLAINT_ERA_NONE},    {CPL_WORD("จุลศักราช"), COMPLAINT_ERA_NONE},     {CPL_WORD("มหาศักราช"), COMPLAINT_ERA_NONE},
        {CPL_WORD("ฮิจเราะห์"), COMPLAINT_ERA_NONE},
    };
    return accept_one(r, words, sizeof words / sizeof *words, era) || accept_brief_era(r, era);
}

static bool accept_english_era(cpl_reader *r, int32_t *era) {
    static const era_word words[] = {{CPL_WORD("B.E."), COMPLAINT_ERA_BUDDHIST}, {CPL_WORD("C.E."), COMPLAINT_ERA_COMMON}, {CPL_WORD("A.D."), COMPLAINT_ERA_COMMON},
                                     {CPL_WORD("be"), COMPLAINT_ERA_BUDDHIST},   {CPL_WORD("ce"), COMPLAINT_ERA_COMMON},   {CPL_WORD("ad"), COMPLAINT_ERA_COMMON}};
    if (accept_one(r, words, 3, era)) return true;
    for (size_t i = 3; i < sizeof words / sizeof *words; ++i) {
        if (!accept_latin(r, words[i].word)) continue;
        *era = words[i].era;
        return true;
    }
    return false;
}

/* พ ค ร จ ม ฮ */
static bool begins_thai_era(unsigned letter) { return letter == 0x9E || letter == 0x84 || letter == 0xA3 || letter == 0x88 || letter == 0xA1 || letter == 0xAE; }

bool cpl_read_era(cpl_reader *r, int32_t *era) {
    size_t start = r->at;
    int c = cpl_peek(r);
    int32_t found = COMPLAINT_ERA_NONE;
    bool any = c == 0xE0 ? begins_thai_era(thai_letter(r)) && accept_thai_era(r, &found) : c >= 'A' && c <= 'e' && accept_english_era(r, &found);
    if (any && found == COMPLAINT_ERA_NONE) return cpl_read_fail(r, COMPLAINT_DATE_ERROR_UNSUPPORTED_ERA, COMPLAINT_EXPECTED_ERA, start);
    *era = found;
    return true;
}
