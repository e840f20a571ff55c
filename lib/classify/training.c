/*
 * classify/training: labelled messages.
 *
 * Owns: what may be a row. Must not know: what is learned from it.
 */
#include "classify/train.h"

enum { ROWS_MAX = 1 << 20, BYTES_MAX = 256 << 20, LEARNED_FLAGS_MAX = 4 };

complaint_status cpl_training_new(const cpl_memory *m, complaint_training **training) {
    complaint_training *t = cpl_alloc_zero(m, 1, sizeof *t);
    if (!t) return COMPLAINT_E_MEMORY;
    t->memory = *m;
    cpl_arena_init(&t->arena, &t->memory);
    cpl_buf_init(&t->lexicon, &t->memory);
    *training = t;
    return COMPLAINT_OK;
}

void cpl_training_free(complaint_training *t) {
    if (!t) return;
    cpl_memory m = t->memory;
    cpl_arena_free(&t->arena);
    cpl_buf_free(&t->lexicon);
    cpl_free(&m, t->rows);
    cpl_free(&m, t);
}

const cpl_memory *cpl_training_memory(const complaint_training *t) { return &t->memory; }

int64_t cpl_training_count(const complaint_training *t) { return (int64_t)t->count; }

/* What cannot be learned: a class without another, a label that hardly any row has. */
complaint_status cpl_training_check(const complaint_training *t, complaint_error *e) {
    enum { LEAST = 2 };
    size_t classes[CPL_CLASSES_MAX] = {0}, flags[CPL_FLAGS_MAX] = {0};
    if (t->classes.count < 2) return cpl_failf(e, COMPLAINT_E_REQUIRED, "class", "ต้องมีข้อความอย่างน้อยสองประเภทจึงจะเรียนรู้ได้", "there is nothing to learn from fewer than two classes");
    for (size_t i = 0; i < t->count; i++) {
        classes[t->rows[i].class_number]++;
        for (size_t f = 0; f < t->flags.count; f++) flags[f] += t->rows[i].flags >> f & 1;
    }
    for (size_t i = 0; i < t->classes.count + t->flags.count; i++) {
        bool is_class = i < t->classes.count;
        const char *name = is_class ? t->classes.name[i] : t->flags.name[i - t->classes.count];
        size_t rows = is_class ? classes[i] : flags[i - t->classes.count];
        if (rows < LEAST) return cpl_failf(e, COMPLAINT_E_REQUIRED, name, "“%s” มีข้อความเพียง %zu รายการ ต้องมีอย่างน้อย %d", "“%s” has %zu message, and needs at least %d", name, rows, LEAST);
    }
    return COMPLAINT_OK;
}

/* Bits of the flags named, separated by commas; `l` grows. */
static bool read_flags(cpl_labels *l, cpl_str flags, uint32_t *bits) {
    *bits = 0;
    while (flags.n) {
        const char *comma = memchr(flags.p, ',', flags.n);
        cpl_str one = {flags.p, comma ? (size_t)(comma - flags.p) : flags.n};
        int number = cpl_label_add(l, one, LEARNED_FLAGS_MAX);
        if (number < 0 || (comma && one.n + 1 == flags.n)) return false;
        *bits |= 1u << number;
        flags = comma ? (cpl_str){comma + 1, flags.n - one.n - 1} : CPL_LIT("");
    }
    return true;
}

static bool room_for_row(complaint_training *t) {
    if (t->count < t->capacity) return true;
    size_t capacity = t->capacity ? t->capacity * 2 : 256;
    cpl_row *rows = cpl_resize(&t->memory, t->rows, capacity, sizeof *rows);
    if (!rows) return false;
    t->rows = rows;
    t->capacity = capacity;
    return true;
}

complaint_status cpl_training_add(complaint_training *t, cpl_str text, cpl_str class_code, cpl_str flags, int32_t group) {
    cpl_labels classes = t->classes, known = t->flags;
    cpl_row row = {.group = (uint32_t)group};
    if (text.n > CPL_CLASSIFY_TEXT_MAX || t->text_bytes + text.n > BYTES_MAX || t->count == ROWS_MAX) return COMPLAINT_E_TOO_LARGE;
    row.class_number = cpl_label_add(&classes, class_code, CPL_CLASSES_MAX);
    if (row.class_number < 0 || !read_flags(&known, flags, &row.flags)) return COMPLAINT_E_INVALID;
    if (!room_for_row(t) || !cpl_arena_str(&t->arena, text, &row.text)) return COMPLAINT_E_MEMORY;
    t->classes = classes;
    t->flags = known;
    t->text_bytes += text.n;
    t->rows[t->count++] = row;
    return COMPLAINT_OK;
}

complaint_status cpl_training_set_lexicon(complaint_training *t, cpl_str words, complaint_error *e) {
    cpl_labels flags = {.count = 0};
    cpl_buf section;
    cpl_buf_init(&section, &t->memory);
    complaint_status s = cpl_lexicon_build(&t->memory, words, &flags, &section, e);
    if (s != COMPLAINT_OK) {
        cpl_buf_free(&section);
        return s;
    }
    cpl_buf_free(&t->lexicon);
    t->lexicon = section;
    t->lexicon_flags = flags;
    return COMPLAINT_OK;
}
