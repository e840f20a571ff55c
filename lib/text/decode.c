/*
 * text/decode: files of other programs to UTF-8.
 *
 * Owns: ICU's converter, which of two character sets a file is written in. Must not know: what is in the file.
 */
#include "text/text.h"

#include <unicode/ucnv.h>

enum { UPPER = 128 };

static const struct {
    const char *name;
    int32_t charset;
} names[] = {{"utf-8", CPL_CHARSET_UTF8},      {"utf8", CPL_CHARSET_UTF8},           {"windows-874", CPL_CHARSET_WINDOWS_874}, {"cp874", CPL_CHARSET_WINDOWS_874},
             {"874", CPL_CHARSET_WINDOWS_874}, {"tis-620", CPL_CHARSET_WINDOWS_874}, {"tis620", CPL_CHARSET_WINDOWS_874},      {"auto", CPL_CHARSET_DETECT}};

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool same_name(cpl_str given, const char *name) {
    size_t i = 0;
    while (i < given.n && name[i] && lower(given.p[i]) == name[i]) i++;
    return i == given.n && !name[i];
}

bool cpl_charset_find(cpl_str name, int32_t *charset) {
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!same_name(name, names[i].name)) continue;
        *charset = names[i].charset;
        return true;
    }
    return false;
}

/* What the bytes from 0x80 on are in Windows-874; 0 for those that are nothing. ICU gives them controls and private characters. */
static complaint_status read_table(UChar table[UPPER]) {
    char bytes[UPPER];
    UErrorCode e = U_ZERO_ERROR;
    for (int i = 0; i < UPPER; i++) bytes[i] = (char)(unsigned char)(0x80 + i);
    UConverter *converter = ucnv_open("windows-874-2000", &e);
    int32_t n = U_SUCCESS(e) ? ucnv_toUChars(converter, table, UPPER, bytes, UPPER, &e) : 0;
    ucnv_close(converter); /* NULL is allowed */
    if (e == U_MEMORY_ALLOCATION_ERROR) return COMPLAINT_E_MEMORY;
    if (U_FAILURE(e) || n != UPPER) return COMPLAINT_E_UNSUPPORTED; /* an ICU without this character set */
    for (int i = 0; i < UPPER; i++)
        if (table[i] < 0xA0 || (table[i] >= 0xE000 && table[i] < 0xF900)) table[i] = 0;
    return COMPLAINT_OK;
}

/* ---- which one ---- */

/* A file in UTF-8 that was damaged has far more characters of several bytes than bad bytes; in one of Windows-874 there is hardly any. */
static bool damaged_utf8(cpl_str s) {
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < s.n;) {
        int32_t point;
        size_t n = cpl_utf8_next(s, i, &point);
        good += n > 1;
        bad += n == 0;
        i += n ? n : 1;
    }
    return good > bad;
}

static bool has_mark(cpl_str s) { return s.n >= 3 && memcmp(s.p, "\xEF\xBB\xBF", 3) == 0; }

/* ---- both ways ---- */

static complaint_status take_utf8(cpl_str s, cpl_buf *out, size_t *offset) {
    size_t mark = has_mark(s) ? 3 : 0, at = 0;
    cpl_str text = mark ? (cpl_str){s.p + mark, s.n - mark} : s; /* s.p may be NULL */
    complaint_status status = text.n ? cpl_utf8_check(text, &at) : COMPLAINT_OK;
    if (status == COMPLAINT_OK)
        cpl_buf_str(out, text);
    else
        *offset = mark + at;
    return status;
}

static complaint_status check_874(cpl_str s, const UChar table[UPPER], size_t *offset) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char byte = (unsigned char)s.p[i];
        if (byte != 0 && (byte < 0x80 || table[byte - 0x80])) continue;
        *offset = i;
        return byte ? COMPLAINT_E_CHARSET : COMPLAINT_E_NUL;
    }
    return COMPLAINT_OK;
}

static complaint_status take_874(cpl_str s, cpl_buf *out, size_t *offset) {
    UChar table[UPPER];
    complaint_status status = read_table(table);
    if (status == COMPLAINT_OK) status = check_874(s, table, offset);
    for (size_t i = 0; status == COMPLAINT_OK && i < s.n; i++) {
        unsigned char byte = (unsigned char)s.p[i];
        char bytes[4];
        if (byte < 0x80)
            cpl_buf_putc(out, (char)byte);
        else
            cpl_buf_put(out, bytes, cpl_utf8_put(table[byte - 0x80], bytes));
    }
    return status;
}

static complaint_status take(cpl_str bytes, int32_t *charset, cpl_buf *out, size_t *offset) {
    if (*charset != CPL_CHARSET_WINDOWS_874) {
        size_t at = 0;
        complaint_status status = take_utf8(bytes, out, &at);
        bool certain = *charset == CPL_CHARSET_UTF8 || status != COMPLAINT_E_UTF8 || has_mark(bytes) || damaged_utf8(bytes);
        if (certain) {
            *charset = CPL_CHARSET_UTF8;
            *offset = at;
            return status;
        }
    }
    *charset = CPL_CHARSET_WINDOWS_874;
    return take_874(bytes, out, offset);
}

complaint_status cpl_decode(cpl_str bytes, int32_t charset, cpl_buf *out, int32_t *found, size_t *offset) {
    size_t size = out->size;
    complaint_status status = take(bytes, &charset, out, offset);
    if (status == COMPLAINT_OK && out->failed) status = COMPLAINT_E_MEMORY;
    if (status != COMPLAINT_OK && out->size > size) {
        out->size = size;
        out->data[size] = '\0';
    }
    if (status == COMPLAINT_OK && found) *found = charset;
    return status;
}
