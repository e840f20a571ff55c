/*
 * base: what every module stands on.
 *
 * Owns: allocation through the host's allocator, growing buffers, UTF-8 validity, status texts, the error
 * record, JSON documents read with limits, reference counts. Must not know: anything about complaints.
 *
 * All names begin with cpl_ because the static library shares one name space with its host.
 */
#ifndef CPL_BASE_H
#define CPL_BASE_H

#include <complaint/define.h>
#include <complaint/error.h>
#include <complaint/host/allocator.h>
#include <complaint/host/sink.h>
#include <complaint/status.h>
#include <complaint/text.h>
#include <complaint/value.h>

#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

/* ---- memory ------------------------------------------------------------------------------------------- */

/* A copy of the host's table; handles carry it by value so that they can outlive the handle that made them. */
typedef complaint_allocator cpl_memory;

/* The malloc family as a table. */
extern const complaint_allocator cpl_memory_default;

void *cpl_alloc(const cpl_memory *m, size_t bytes);               /* NULL when out of memory; bytes may be 0 (answers non-NULL) */
void *cpl_alloc_zero(const cpl_memory *m, size_t count, size_t size); /* overflow-checked */
void *cpl_resize(const cpl_memory *m, void *p, size_t count, size_t size); /* p may be NULL; overflow-checked */
void cpl_free(const cpl_memory *m, void *p);                      /* NULL is allowed */
char *cpl_strndup(const cpl_memory *m, const char *p, size_t n);  /* NUL-terminated copy */

/* ---- strings as (pointer, size) ------------------------------------------------------------------------ */

/* A borrowed run of bytes; p may be NULL only when n is 0. */
typedef struct cpl_str {
    const char *p;
    size_t n;
} cpl_str;

#define CPL_LIT(s) ((cpl_str){(s), sizeof(s) - 1})
cpl_str cpl_str_of(const char *nul_terminated); /* NULL gives the empty string */
bool cpl_str_eq(cpl_str a, cpl_str b);
/* Asked for every member of every payload that is folded, so it looks at the first byte before it counts. NULL is the empty string. */
static inline bool cpl_str_is(cpl_str a, const char *nul_terminated) {
    if (a.n == 0 || !nul_terminated) return a.n == 0 && (!nul_terminated || *nul_terminated == '\0');
    return *a.p == *nul_terminated && strlen(nul_terminated) == a.n && memcmp(a.p, nul_terminated, a.n) == 0;
}
int cpl_str_cmp(cpl_str a, cpl_str b); /* as bytes */

/* ---- buffers ------------------------------------------------------------------------------------------- */

/* A growing byte buffer. Errors stick: after a failed append `failed` stays set and appends do nothing, so a
 * long sequence is checked once at its end. data is NUL-terminated whenever size > 0. */
typedef struct cpl_buf {
    const cpl_memory *m;
    char *data;
    size_t size;
    size_t capacity;
    bool failed;
} cpl_buf;

void cpl_buf_init(cpl_buf *b, const cpl_memory *m);
void cpl_buf_free(cpl_buf *b); /* leaves an empty, usable buffer */
void cpl_buf_clear(cpl_buf *b); /* keeps the memory */
void cpl_buf_put(cpl_buf *b, const void *p, size_t n);
void cpl_buf_str(cpl_buf *b, cpl_str s);
void cpl_buf_puts(cpl_buf *b, const char *s);
void cpl_buf_putc(cpl_buf *b, char c);
void cpl_buf_int(cpl_buf *b, int64_t v);
void cpl_buf_fmt(cpl_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3))); /* no %f */
void cpl_buf_json(cpl_buf *b, cpl_str s); /* the string quoted and escaped as JSON, UTF-8 kept */

/* Makes a text of the buffer's bytes and empties the buffer. COMPLAINT_E_MEMORY also when an append had failed. */
complaint_status cpl_text_take(cpl_buf *b, complaint_text **text);
cpl_str cpl_text_str(const complaint_text *text); /* borrowed; p is never NULL */
void cpl_text_free(complaint_text *text);

/* ---- arena: many small pieces, freed together ------------------------------------------------------------ */

typedef struct cpl_arena_block cpl_arena_block;
typedef struct cpl_arena {
    const cpl_memory *m;
    cpl_arena_block *head;
} cpl_arena;

void cpl_arena_init(cpl_arena *a, const cpl_memory *m);
void cpl_arena_free(cpl_arena *a);
void *cpl_arena_alloc(cpl_arena *a, size_t bytes); /* zeroed, aligned; NULL when out of memory */
bool cpl_arena_str(cpl_arena *a, cpl_str s, cpl_str *copy); /* NUL-terminated copy; false when out of memory */

/* ---- hexadecimal ----------------------------------------------------------------------------------------- */

void cpl_hex(const uint8_t *p, size_t n, char *out); /* 2n lower-case digits and a NUL */
bool cpl_unhex(cpl_str s, uint8_t *out, size_t n);   /* exactly 2n digits, lower case: a key has one form */

/* ---- UTF-8 ----------------------------------------------------------------------------------------------- */

/* COMPLAINT_OK, COMPLAINT_E_UTF8 or COMPLAINT_E_NUL with *offset at the first bad byte. */
complaint_status cpl_utf8_check(cpl_str s, size_t *offset);
/* The largest size <= n at which s may be cut without splitting a character. */
size_t cpl_utf8_cut(cpl_str s, size_t n);
/* A value as a sentence quotes it: whole, or so much of its beginning that no letter loses its marks, and "…". Answers `out`. */
enum { CPL_QUOTE_MAX = 96, CPL_QUOTE_SIZE = CPL_QUOTE_MAX + sizeof "…" };
const char *cpl_quote(cpl_str s, char out[CPL_QUOTE_SIZE]);
/* Columns on a terminal or in a table of fixed pitch: Thai vowels above and below and tone marks take none, wide characters two. A byte that is
 * no UTF-8 takes one. */
size_t cpl_display_width(cpl_str s);

/* The character at `at` and its bytes; 0 bytes, and *point untouched, for what is no UTF-8 or the end. */
size_t cpl_utf8_next(cpl_str s, size_t at, int32_t *point);
size_t cpl_utf8_put(int32_t point, char out[4]); /* its bytes */
bool cpl_utf8_joins(int32_t point);      /* belongs to the character before it: marks, vowel signs, joiners */
bool cpl_utf8_pictograph(int32_t point); /* emoji and what may become one */
bool cpl_utf8_blank(int32_t point);      /* a space of any width */
bool cpl_utf8_invisible(int32_t point);  /* controls, format characters, what has no width */
bool cpl_utf8_word(int32_t point);       /* letters, marks and digits of any script */
int32_t cpl_utf8_lower(int32_t point);
size_t cpl_arabic_digits(char *p, size_t n); /* Thai digits of UTF-8 become Arabic ones, in place; the size then */
enum { CPL_DECOMPOSED = 4 };
size_t cpl_utf8_decompose(int32_t point, int32_t out[CPL_DECOMPOSED]); /* canonically */
/* Decomposed characters to NFC, in place; the same mark twice stands once. The number left. Quadratic in a run of marks: keep it short. */
size_t cpl_utf8_compose(int32_t *points, size_t n);

/* How far `word` is from what somebody wrote, up to CPL_FAR: nothing to do with each other. */
enum { CPL_FAR = 3 };
size_t cpl_distance(cpl_str wrong, cpl_str word);

/* For who wrote `wrong`: of the words that are possible, each the first thing in an entry of `size` bytes, the nearest first, the others in their order. At most 12, separated by
 * commas, "…" for the rest; "–" when there are none. */
enum { CPL_SUGGESTIONS_SIZE = 288 };
void cpl_suggest(cpl_str wrong, const void *words, size_t count, size_t size, char out[CPL_SUGGESTIONS_SIZE]);

/* ---- status registry --------------------------------------------------------------------------------------- */

#define CPL_CLASS(status) ((status)&0xff)
const char *cpl_status_text(complaint_status s, int32_t language); /* never NULL */
const char *cpl_status_name(complaint_status s);                   /* "E_STATE"; "E_INTERNAL" for a number not in the registry */
bool cpl_status_known(complaint_status s);

/* ---- errors -------------------------------------------------------------------------------------------------- */

/* What a host's callback left behind. */
struct complaint_host_error {
    int64_t code;
    char text[512];
    char thai[768]; /* "" unless the callback had a sentence for people */
};
/* Cut at a character; what is not UTF-8 or has U+0000 is dropped. NULL is allowed. */
void cpl_host_error_put(complaint_host_error *e, int64_t code, cpl_str text);
void cpl_host_error_explain(complaint_host_error *e, cpl_str thai); /* cut and dropped in the same way */

/* Fixed-size, so that filling it cannot fail. Embedded in handles; owned ones are allocated with `memory`. */
struct complaint_error {
    complaint_status status;
    char thai[768];
    char english[512];
    char subject[96];
    char path[256];
    int64_t line;
    int64_t offset;
    struct complaint_host_error host;
    cpl_memory memory; /* of an error that was handed out; zero when embedded */
};

void cpl_error_clear(complaint_error *e); /* NULL is allowed here and below */

/* Fills status and both texts (printf formats; a NULL format takes the registry's text), clears the rest, sets
 * subject (may be NULL). Answers status, so that callers can `return cpl_fail(...)`. Texts are cut at a character. */
complaint_status cpl_fail(complaint_error *e, complaint_status status, const char *subject);
complaint_status cpl_failf(complaint_error *e, complaint_status status, const char *subject, const char *thai_format, const char *english_format, ...)
    __attribute__((format(printf, 5, 6))); /* both formats take the same arguments in the same order */
#ifdef __clang_analyzer__ /* It reads one file at a time, so it is told here that the answer is the status that was given. */
#define cpl_fail(e, status, subject) (cpl_fail(e, status, subject), (status))
#define cpl_failf(e, status, ...) (cpl_failf(e, status, __VA_ARGS__), (status))
#endif
void cpl_error_at(complaint_error *e, const char *path, int64_t line, int64_t offset);
void cpl_error_host(complaint_error *e, const complaint_host_error *host);
/* An owned copy, with `m`; NULL when out of memory. */
complaint_error *cpl_error_copy(const complaint_error *e, const cpl_memory *m);
void cpl_error_free(complaint_error *e); /* only owned ones */

/* ---- JSON as a stream ------------------------------------------------------------------------------------- */

/* A pull scanner over JSON text without memory of its own: reads event payloads while folding, and finds reals,
 * depth and lines before a document goes to the JSON library. Integers only. */
enum { CPL_SCAN_END, CPL_SCAN_BAD, CPL_SCAN_OBJECT, CPL_SCAN_OBJECT_END, CPL_SCAN_ARRAY, CPL_SCAN_ARRAY_END, CPL_SCAN_KEY, CPL_SCAN_STRING, CPL_SCAN_INT, CPL_SCAN_REAL, CPL_SCAN_TRUE, CPL_SCAN_FALSE, CPL_SCAN_NULL };
enum { CPL_SCAN_MAX_DEPTH = 64 };

typedef struct cpl_scan {
    cpl_str text;
    size_t at;       /* offset of the next unread byte */
    size_t token_at; /* offset of the token last given; of the offending byte after BAD */
    int64_t line;    /* line of that token, from 1 */
    int depth;       /* open levels; more than CPL_SCAN_MAX_DEPTH after a BAD for that reason */
    uint64_t objects; /* bit d: level d is an object */
    int expect;
    cpl_str raw;     /* KEY and STRING: the bytes between the quotes, escapes untouched; numbers: the digits */
    bool escaped;    /* raw has escapes: use cpl_scan_unescape */
    int64_t integer; /* INT; an integer that does not fit is BAD with raw set, which is empty for every other BAD */
    bool wide_is_real; /* set after init: such an integer is a REAL instead */
} cpl_scan;

void cpl_scan_init(cpl_scan *s, cpl_str text);
int cpl_scan_next(cpl_scan *s);
/* After KEY: skips its value. After OBJECT or ARRAY: reads to its end. After any other value: nothing. False when the text is bad. */
bool cpl_scan_skip(cpl_scan *s);
/* Inside an object: reads on to the key of this name, its value comes next. False when there is none behind where it stands. */
bool cpl_scan_find(cpl_scan *s, const char *name);
/* Appends the string's value, escapes resolved (surrogate pairs joined), to b. False for a lone surrogate and for \u0000. */
bool cpl_scan_unescape(const cpl_scan *s, cpl_buf *b);
/* The same with the reason, E_UTF8 or E_NUL, and the offset of the escape in the text; b may be NULL. */
complaint_status cpl_scan_decode(const cpl_scan *s, cpl_buf *b, size_t *offset);
/* Writes `digits` over those of each \u escape of the current string that stands for no character (U+0000, half a surrogate pair), in a copy of the text. */
void cpl_scan_mend(const cpl_scan *s, char *text, const char digits[4]);
/* The string, as it stands in the text, of the member of this name of a JSON object; false when there is none. */
bool cpl_scan_member(cpl_str object, const char *name, cpl_str *text);

/* ---- JSON documents that people write (policies, exports) -------------------------------------------------- */

/* Read-only tree over one parsed document. Integers only (E_JSON_REAL), no duplicate keys (E_JSON_DUPLICATE), depth at most
 * `max_depth` (E_JSON_DEPTH), valid UTF-8 without U+0000; each value knows its line. Memory comes from `m`, the parser's own
 * from malloc while parsing. */
typedef struct cpl_json cpl_json;
enum { CPL_JSON_NULL, CPL_JSON_BOOL, CPL_JSON_INT, CPL_JSON_STRING, CPL_JSON_ARRAY, CPL_JSON_OBJECT };

typedef struct cpl_json_doc cpl_json_doc;
/* On failure fills e with line, offset, path. `accept_reals` (what other services write): a real, or an integer that does not fit, is kept as null instead of refused. */
complaint_status cpl_json_parse(const cpl_memory *m, cpl_str text, int max_depth, bool accept_reals, cpl_json_doc **doc, complaint_error *e);
void cpl_json_free(cpl_json_doc *doc);
const cpl_json *cpl_json_root(const cpl_json_doc *doc);

int cpl_json_type(const cpl_json *v);
int64_t cpl_json_int(const cpl_json *v);   /* 0 for other types; 1/0 for bool */
cpl_str cpl_json_str(const cpl_json *v);   /* empty for other types */
size_t cpl_json_count(const cpl_json *v);  /* members of an array or object, else 0 */
const cpl_json *cpl_json_at(const cpl_json *v, size_t i);   /* element or member value, in document order; NULL outside */
cpl_str cpl_json_key(const cpl_json *v, size_t i);          /* key of member i of an object */
const cpl_json *cpl_json_get(const cpl_json *v, const char *key); /* NULL when absent or v is no object */
int64_t cpl_json_line(const cpl_json *v);                   /* from 1; 0 for NULL. All getters take NULL for a null value. */
/* Writes the path of v, `$.actions.forward.from[2]`, cut to capacity. */
void cpl_json_path(const cpl_json *v, char *out, size_t capacity);

#endif
