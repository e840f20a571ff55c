/*
 * classify/model: a model's bytes.
 *
 * Owns: the format and everything that makes bytes a model. Must not know: how it is trained, what is computed with it.
 */
#include "classify/classify.h"

#include "data/data.h"

static const char magic[8] = {'C', 'P', 'L', 'C', 'L', 'S', '1', '\n'};
enum { KIND = 6, HEAD = 16, COUNTS = HEAD + 16, PARAMETERS = 6 };

static uint32_t check_sum(const uint8_t *p, size_t n) { /* FNV-1a */
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++) h = (h ^ p[i]) * 16777619u;
    return h;
}

/* ---- opening ---- */

static complaint_status head_ok(cpl_str bytes, complaint_error *e) {
    const uint8_t *p = (const uint8_t *)bytes.p;
    if (bytes.n < COUNTS || memcmp(p, magic, KIND) != 0)
        return cpl_failf(e, COMPLAINT_E_SYNTAX, "model", "ไม่ใช่ไฟล์แบบจำลองจำแนกเรื่อง", "these bytes are no model of the classifier");
    if (memcmp(p, magic, sizeof magic) != 0)
        return cpl_failf(e, COMPLAINT_E_UNSUPPORTED, "model", "แบบจำลองเป็นรูปแบบที่โปรแกรมรุ่นนี้ไม่รู้จัก", "the model has a format that this version does not know");
    if (bytes.n > CPL_MODEL_MAX) return cpl_failf(e, COMPLAINT_E_TOO_LARGE, "model", "แบบจำลองใหญ่เกิน 16 MiB", "the model is larger than 16 MiB");
    if (cpl_le32(p + 8) != bytes.n)
        return cpl_failf(e, COMPLAINT_E_CORRUPT, "model", "แบบจำลองควรมี %u ไบต์ แต่มี %zu ไบต์", "the model should have %u bytes and has %zu", cpl_le32(p + 8), bytes.n);
    if (cpl_le32(p + 12) != check_sum(p + HEAD, bytes.n - HEAD))
        return cpl_failf(e, COMPLAINT_E_CORRUPT, "model", "แบบจำลองเสียหาย (ผลรวมตรวจสอบไม่ตรง)", "the model is damaged (its check sum differs)");
    return COMPLAINT_OK;
}

typedef struct reader {
    const uint8_t *p;
    size_t left;
} reader;

/* NULL when there is not so much left. */
static const uint8_t *take(reader *r, size_t n) {
    if (!r->p || r->left < n) return r->p = NULL;
    const uint8_t *taken = r->p;
    r->p += n;
    r->left -= n;
    return taken;
}

static bool read_labels(reader *r, cpl_labels *l, uint32_t count, uint32_t max) {
    l->count = 0;
    for (uint32_t i = 0; count <= max && i < count; i++) {
        const char *name = (const char *)take(r, CPL_LABEL_MAX);
        if (!name || name[CPL_LABEL_MAX - 1] || cpl_label_add(l, cpl_str_of(name), max) != (int)i) return false;
    }
    return count <= max;
}

static bool read_parameters(reader *r, cpl_model *m) {
    for (uint32_t k = 0; k < m->outputs; k++) {
        const uint8_t *p = take(r, (size_t)PARAMETERS * 4);
        if (!p) return false;
        cpl_parameters *q = &m->parameters[k];
        for (int i = 0; i < CPL_BLOCKS; i++) q->scale[i] = (int32_t)cpl_le32(p + (size_t)4 * (size_t)i);
        q->bias = (int32_t)cpl_le32(p + 8);
        q->slope = (int32_t)cpl_le32(p + 12);
        q->offset = (int32_t)cpl_le32(p + 16);
        q->threshold = (int32_t)cpl_le32(p + 20);
        if (q->threshold < 0 || q->threshold > 1000) return false;
    }
    return true;
}

static bool read_features(reader *r, cpl_model *m) {
    m->buckets = take(r, (size_t)2 * (CPL_BUCKETS + 1));
    m->prints = take(r, 2 * (size_t)m->features);
    m->sizes = take(r, m->features);
    m->weights = take(r, (size_t)m->features * m->outputs);
    if (!r->p || r->left || cpl_le16(m->buckets) != 0 || cpl_le16(m->buckets + (size_t)2 * CPL_BUCKETS) != m->features) return false;
    for (size_t i = 0; i < CPL_BUCKETS; i++)
        if (cpl_le16(m->buckets + 2 * i) > cpl_le16(m->buckets + 2 * i + 2)) return false;
    return true;
}

static bool read_body(cpl_str bytes, cpl_model *m) {
    const uint8_t *p = (const uint8_t *)bytes.p + HEAD;
    reader r = {p + 16, bytes.n - COUNTS};
    uint32_t classes = cpl_le32(p), flags = cpl_le32(p + 4);
    size_t used;
    *m = (cpl_model){.trained = cpl_le32(p + 8), .features = cpl_le32(p + 12)};
    if (classes < 2 || m->trained > flags || m->features > CPL_FEATURES_MAX) return false;
    if (!read_labels(&r, &m->classes, classes, CPL_CLASSES_MAX) || !read_labels(&r, &m->flags, flags, CPL_FLAGS_MAX)) return false;
    m->outputs = classes + m->trained;
    if (!read_parameters(&r, m) || !cpl_lexicon_open(&m->lexicon, r.p, r.left, flags, &used)) return false;
    return take(&r, used) && read_features(&r, m);
}

complaint_status cpl_model_open(cpl_model *model, cpl_str bytes, complaint_error *e) {
    cpl_model m;
    complaint_status s = head_ok(bytes, e);
    if (s != COMPLAINT_OK) return s;
    if (!read_body(bytes, &m)) return cpl_failf(e, COMPLAINT_E_CORRUPT, "model", "เนื้อหาของแบบจำลองขัดแย้งกันเอง", "the model contradicts itself");
    *model = m;
    return COMPLAINT_OK;
}

cpl_str cpl_model_lexicon_bytes(const cpl_model *model) {
    const char *first = (const char *)model->lexicon.groups - 12;
    return (cpl_str){first, (size_t)((const char *)model->buckets - first)};
}

cpl_str cpl_model_builtin(void) {
    for (size_t i = 0; i < cpl_data_file_count; i++)
        if (strcmp(cpl_data_files[i].name, "classify/model.bin") == 0) return (cpl_str){(const char *)cpl_data_files[i].bytes, cpl_data_files[i].size};
    return CPL_LIT("");
}

/* ---- writing ---- */

static void put_labels(cpl_buf *b, const cpl_labels *l) {
    for (size_t i = 0; i < l->count; i++) {
        char name[CPL_LABEL_MAX] = {0};
        memcpy(name, l->name[i], strlen(l->name[i]));
        cpl_buf_put(b, name, sizeof name);
    }
}

static void put_parameters(cpl_buf *b, const cpl_model *shape) {
    for (uint32_t k = 0; k < shape->outputs; k++) {
        const cpl_parameters *q = &shape->parameters[k];
        for (int i = 0; i < CPL_BLOCKS; i++) cpl_put32(b, (uint32_t)q->scale[i]);
        cpl_put32(b, (uint32_t)q->bias);
        cpl_put32(b, (uint32_t)q->slope);
        cpl_put32(b, (uint32_t)q->offset);
        cpl_put32(b, (uint32_t)q->threshold);
    }
}

static void put_features(cpl_buf *b, const cpl_model *shape, const uint32_t *keys, const uint8_t *sizes, const int8_t *weights) {
    uint32_t at = 0;
    for (uint32_t bucket = 0; bucket <= CPL_BUCKETS; bucket++) {
        while (at < shape->features && keys[at] >> CPL_PRINT_BITS < bucket) at++;
        cpl_put16(b, at);
    }
    for (uint32_t i = 0; i < shape->features; i++) cpl_put16(b, keys[i] & 0xFFFF);
    cpl_buf_put(b, sizes, shape->features);
    cpl_buf_put(b, weights, (size_t)shape->features * shape->outputs);
}

static void put_le(char *p, uint32_t v) {
    for (int i = 0; i < 4; i++) p[i] = (char)(v >> (8 * i));
}

void cpl_model_write(const cpl_model *shape, cpl_str lexicon, const uint32_t *keys, const uint8_t *sizes, const int8_t *weights, cpl_buf *b) {
    cpl_buf_put(b, magic, sizeof magic);
    cpl_put32(b, 0); /* size and sum, when they are known */
    cpl_put32(b, 0);
    cpl_put32(b, (uint32_t)shape->classes.count);
    cpl_put32(b, (uint32_t)shape->flags.count);
    cpl_put32(b, shape->trained);
    cpl_put32(b, shape->features);
    put_labels(b, &shape->classes);
    put_labels(b, &shape->flags);
    put_parameters(b, shape);
    cpl_buf_put(b, lexicon.p, lexicon.n);
    put_features(b, shape, keys, sizes, weights);
    if (b->failed) return;
    put_le(b->data + 8, (uint32_t)b->size);
    put_le(b->data + 12, check_sum((const uint8_t *)b->data + HEAD, b->size - HEAD));
}
