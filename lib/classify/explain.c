/*
 * classify/explain: the words of a message that decided.
 *
 * What each feature did for an outcome is spread over the letters it was read from, and added up over words: those of the lexicon's
 * phrases and of ICU's dictionary, joined where they overlap, so that no word is cut.
 *
 * Owns: which words are worth telling. Must not know: how an answer is decided.
 */
#include "classify/classify.h"

/* Letters [first, end), and what they did. */
typedef struct cpl_span {
    uint32_t first, end;
    int64_t sum;
} cpl_span;

enum { LEAST_SHARE = 40 }; /* per mille: less decided nothing */

/* Words that hold sentences together; an officer learns nothing from them. */
static const char *const small[] = {"ที่",  "ไป",   "มา",   "ให้",  "ได้",  "ไม่",  "ว่า",  "แล้ว", "และ",  "ก็",   "จะ",   "ของ",  "เป็น", "มี",   "ใน",   "แต่",  "กับ",  "จาก",  "นี้",  "นั้น", "ค่ะ",  "คะ",
                                    "ครับ", "คับ",  "นะ",   "เลย",  "อยู่", "ยัง",  "ถึง",  "โดย",  "เพื่อ", "ต้อง", "ซึ่ง", "หรือ", "คือ",  "อีก",  "ด้วย", "กัน",  "ขึ้น", "ลง",   "เข้า", "ออก",  "ๆ",    "ผม",
                                    "หนู",  "ดิฉัน", "เรา",  "เขา",  "เค้า", "ฉัน",  "นาย",  "นาง",  "น.ส",  "คุณ",  "พี่",  "น้อง", "แม่",  "พ่อ",  "ยาย",  "ตา",   "คน",   "วัน",  "บาท",  "แค่",  "ถ้า",  "เมื่อ"};

/* ---- spans ---- */

/* The letter that begins at a place of the normal form, or the next one. */
static uint32_t letter_at(const cpl_letters *l, size_t at, uint32_t from) {
    while (from + 1 < l->count && l->at[from] < at) from++;
    return from;
}

static void put_span(cpl_buf *spans, uint32_t first, uint32_t end) {
    cpl_span s = {first, end, 0};
    if (spans->size) {
        cpl_span last;
        char *at = spans->data + spans->size - sizeof last;
        memcpy(&last, at, sizeof last);
        if (first < last.end) { /* joined */
            if (end > last.end) last.end = end;
            memcpy(at, &last, sizeof last);
            return;
        }
    }
    cpl_buf_put(spans, &s, sizeof s);
}

/* ICU takes จนท.ตะคอก for one word: what follows a full stop is another. */
static void put_words(cpl_buf *spans, const cpl_letters *l, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        if (l->letter[i] != '.' && i + 1 < end) continue;
        put_span(spans, first, i + 1);
        first = i + 1;
    }
}

/* Words and phrases both ascend; both are put in by their beginning. */
static complaint_status find_spans(complaint_classification *k) {
    const cpl_features *r = &k->workers[0].reading;
    const cpl_match *m = r->matches.item, *last = r->matches.count ? m + r->matches.count : m; /* without one there may be no list */
    size_t first, end;
    uint32_t at = 1;
    complaint_status s = k->segmenter ? COMPLAINT_OK : cpl_segmenter_new(&k->memory, &k->segmenter);
    if (s == COMPLAINT_OK) s = cpl_segmenter_set(k->segmenter, cpl_normal_str(&r->normal));
    if (s != COMPLAINT_OK) return s;
    cpl_buf_clear(&k->spans);
    while (cpl_segmenter_next(k->segmenter, &first, &end)) {
        uint32_t from = letter_at(&r->letters, first, at), to = letter_at(&r->letters, end, from);
        for (; m < last && m->at < from; m++) put_span(&k->spans, m->at, m->at + m->length);
        put_words(&k->spans, &r->letters, from, to);
        at = from;
    }
    for (; m < last; m++) put_span(&k->spans, m->at, m->at + m->length);
    return k->spans.failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK;
}

/* ---- what each letter did ---- */

static void add_output(const cpl_worker *w, uint32_t output, int64_t *part) {
    const cpl_model *m = w->model;
    const cpl_parameters *q = &m->parameters[output];
    for (size_t i = 0; i < w->reading.count; i++) {
        uint32_t found = w->present.of[i];
        const cpl_feature *f = &w->reading.features[i];
        if (found == CPL_NO_FEATURE) continue;
        int block = i < w->reading.ngrams ? CPL_BLOCK_NGRAM : CPL_BLOCK_LEXICON;
        uint8_t kept = m->weights[(size_t)found * m->outputs + output];
        int64_t weight = kept < 128 ? kept : (int64_t)kept - 256;
        int64_t each = weight * q->scale[block] * 256 / w->present.norm[block] / w->present.times[found] / f->length * w->share / CPL_SHARE_ALL;
        for (uint32_t j = 0; j < f->length; j++) part[f->at + j] += each;
    }
}

static void add_phrases(const cpl_worker *w, uint32_t flag, int64_t *part) {
    const cpl_matches *found = &w->reading.matches;
    for (size_t i = 0; i < found->count; i++) {
        int64_t each = (int64_t)cpl_term_strength(&w->model->lexicon, found->item[i].term, flag) * w->share;
        for (uint32_t j = 0; j < found->item[i].length; j++) part[found->item[i].at + j] += each;
    }
}

static complaint_status add_parts(complaint_classification *k, cpl_str outcome) {
    cpl_buf_clear(&k->parts);
    for (size_t i = 0; i < k->workers[0].reading.letters.count; i++) cpl_buf_put(&k->parts, &(int64_t){0}, sizeof(int64_t));
    if (k->parts.failed) return COMPLAINT_E_MEMORY;
    int64_t *part = (int64_t *)(void *)k->parts.data;
    for (size_t i = 0; i < k->worker_count; i++) {
        const cpl_model *m = k->workers[i].model;
        int class_number = cpl_label_find(&m->classes, outcome), flag = cpl_label_find(&m->flags, outcome);
        if (class_number >= 0)
            add_output(&k->workers[i], (uint32_t)class_number, part);
        else if (flag >= 0 && cpl_flag_share(k, i, outcome) == 0)
            continue;
        else if (flag >= 0 && (uint32_t)flag < m->trained)
            add_output(&k->workers[i], (uint32_t)(m->classes.count + (size_t)flag), part);
        else if (flag >= 0)
            add_phrases(&k->workers[i], (uint32_t)flag, part);
    }
    return COMPLAINT_OK;
}

/* ---- choosing ---- */

static cpl_str text_of(const cpl_features *r, const cpl_span *s) {
    return (cpl_str){r->normal.text + r->letters.at[s->first], r->letters.at[s->end] - r->letters.at[s->first]};
}

static bool telling(const cpl_features *r, const cpl_span *s) {
    cpl_str text = text_of(r, s);
    bool letters = false;
    for (uint32_t i = s->first; i < s->end; i++) letters = letters || r->letters.letter[i] > '9';
    for (size_t i = 0; letters && i < sizeof small / sizeof *small; i++)
        if (cpl_str_is(text, small[i])) return false;
    return letters;
}

static int64_t weigh(complaint_classification *k) {
    int64_t all = 0;
    const int64_t *part = (const int64_t *)(const void *)k->parts.data;
    cpl_span *span = (cpl_span *)(void *)k->spans.data;
    for (size_t i = 0; i < k->spans.size / sizeof *span; i++) {
        span[i].sum = 0;
        for (uint32_t j = span[i].first; j < span[i].end; j++) span[i].sum += part[j];
        if (span[i].sum > 0) all += span[i].sum;
    }
    return all;
}

static bool told(const complaint_classification *k, int32_t from, cpl_str text) {
    for (int32_t i = from; i < k->term_count; i++)
        if (k->terms[i].copy_of.n == text.n && memcmp(k->terms[i].copy_of.p, text.p, text.n) == 0) return true;
    return false;
}

/* The heaviest span that was not told yet; NULL when none is worth it. */
static const cpl_span *next_span(complaint_classification *k, int32_t from, int64_t all) {
    const cpl_features *r = &k->workers[0].reading;
    const cpl_span *span = (const cpl_span *)(const void *)k->spans.data, *best = NULL;
    for (size_t i = 0; i < k->spans.size / sizeof *span; i++) {
        if (span[i].sum <= 0 || span[i].sum < all * LEAST_SHARE / 1000 || (best && span[i].sum <= best->sum)) continue;
        if (telling(r, &span[i]) && !told(k, from, text_of(r, &span[i]))) best = &span[i];
    }
    return best;
}

static complaint_status tell(complaint_classification *k, const char *outcome, int32_t most) {
    const cpl_features *r = &k->workers[0].reading;
    complaint_status s = add_parts(k, cpl_str_of(outcome));
    if (s != COMPLAINT_OK) return s;
    int64_t all = weigh(k);
    const cpl_span *span;
    for (int32_t from = k->term_count; all > 0 && k->term_count - from < most && (span = next_span(k, from, all)) != NULL;) {
        cpl_term *t = &k->terms[k->term_count++];
        *t = (cpl_term){.outcome = outcome, .copy = k->copies.size, .copy_of = text_of(r, span), .share = (int32_t)(span->sum * 1000 / all)};
        cpl_normal_origin(&r->normal, r->letters.at[span->first], r->letters.at[span->end], &t->first, &t->end);
        cpl_buf_put(&k->copies, k->message.data + t->first, t->end - t->first);
        cpl_buf_put(&k->copies, "", 1);
    }
    return k->copies.failed ? COMPLAINT_E_MEMORY : COMPLAINT_OK;
}

complaint_status cpl_find_terms(complaint_classification *k) {
    const complaint_classifier *c = k->classifier;
    complaint_status s = find_spans(k);
    k->term_count = 0;
    cpl_buf_clear(&k->copies);
    if (s == COMPLAINT_OK) s = tell(k, c->classes.name[k->best], CPL_TERMS_CLASS);
    for (size_t f = 0; s == COMPLAINT_OK && f < c->flags.count; f++)
        if (k->raised[f]) s = tell(k, c->flags.name[f], CPL_TERMS_FLAG);
    if (s != COMPLAINT_OK) k->term_count = 0;
    k->explained = s == COMPLAINT_OK;
    return s;
}
