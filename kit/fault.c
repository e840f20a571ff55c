/*
 * kit/fault: a store around a store that answers a failure at the call it was told.
 *
 * Owns: counting of calls, the fault that is set, what is left to clean up after a fault. Must not know: rows.
 */
#include <complaint/conformance.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SLOT_COUNT = COMPLAINT_SLOT_SELECT + 1 };

struct complaint_fault {
    complaint_store inner;
    int64_t calls[SLOT_COUNT];
    int64_t open;
    int32_t slot, flags;
    int64_t wait; /* calls of the slot to let pass before the fault strikes */
    complaint_status status;
    int64_t struck;
};

/* Outlives the inner transaction when a commit took effect and says that it failed. */
typedef struct transaction {
    void *inner;
    bool over;
} transaction;

/* Counts the call. True when it is to fail. */
static bool strikes(complaint_fault *f, int32_t slot) {
    f->calls[slot]++;
    f->calls[COMPLAINT_SLOT_ANY]++;
    if (f->status == COMPLAINT_OK || (f->slot != slot && f->slot != COMPLAINT_SLOT_ANY)) return false;
    if (f->wait > 0) {
        f->wait--;
        return false;
    }
    if (f->struck > 0 && !(f->flags & COMPLAINT_FAULT_FOREVER)) return false;
    f->struck++;
    return true;
}

static bool works_first(const complaint_fault *f) { return (f->flags & COMPLAINT_FAULT_AFTER) != 0; }

static complaint_status answer(const complaint_fault *f, complaint_host_error *error) {
    static const char text[] = "fault set by the test";
    complaint_host_error_set(error, f->status, text, sizeof text - 1);
    return f->status;
}

static complaint_status COMPLAINT_CALL slot_schema(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *error) {
    complaint_fault *f = self;
    bool fails = strikes(f, COMPLAINT_SLOT_SCHEMA);
    complaint_status s = COMPLAINT_OK;
    int32_t seen_major = *major, seen_minor = *minor;
    if (!fails || works_first(f)) s = f->inner.schema(f->inner.self, operation, &seen_major, &seen_minor, error);
    if (fails) return answer(f, error);
    *major = seen_major;
    *minor = seen_minor;
    return s;
}

static complaint_status COMPLAINT_CALL slot_limits(void *self, complaint_limits *limits, complaint_host_error *error) {
    complaint_fault *f = self;
    if (strikes(f, COMPLAINT_SLOT_LIMITS)) return answer(f, error);
    return f->inner.limits(f->inner.self, limits, error);
}

static complaint_status COMPLAINT_CALL slot_begin(void *self, int32_t mode, const char *office, size_t office_size, void **out, complaint_host_error *error) {
    complaint_fault *f = self;
    bool fails = strikes(f, COMPLAINT_SLOT_BEGIN);
    if (fails && !works_first(f)) return answer(f, error);
    transaction *t = calloc(1, sizeof *t);
    if (!t) return COMPLAINT_E_MEMORY;
    complaint_status s = f->inner.begin(f->inner.self, mode, office, office_size, &t->inner, error);
    if (s == COMPLAINT_OK && fails) f->inner.rollback(f->inner.self, t->inner);
    if (s != COMPLAINT_OK || fails) {
        free(t);
        return fails ? answer(f, error) : s;
    }
    f->open++;
    *out = t;
    return COMPLAINT_OK;
}

static complaint_status COMPLAINT_CALL slot_commit(void *self, void *transaction_, complaint_host_error *error) {
    complaint_fault *f = self;
    transaction *t = transaction_;
    bool fails = strikes(f, COMPLAINT_SLOT_COMMIT);
    complaint_status s = COMPLAINT_OK;
    if (!fails || works_first(f)) {
        s = f->inner.commit(f->inner.self, t->inner, error);
        t->over = s == COMPLAINT_OK;
    }
    if (fails) return answer(f, error);
    if (s != COMPLAINT_OK) return s;
    f->open--;
    free(t);
    return COMPLAINT_OK;
}

static void COMPLAINT_CALL slot_rollback(void *self, void *transaction_) {
    complaint_fault *f = self;
    transaction *t = transaction_;
    f->calls[COMPLAINT_SLOT_ROLLBACK]++;
    if (!t->over) f->inner.rollback(f->inner.self, t->inner);
    f->open--;
    free(t);
}

static complaint_status COMPLAINT_CALL slot_write(void *self, void *transaction_, const complaint_change *changes, int32_t count, int32_t *failed_at, complaint_host_error *error) {
    complaint_fault *f = self;
    bool fails = strikes(f, COMPLAINT_SLOT_WRITE);
    complaint_status s = COMPLAINT_OK;
    if (!fails || works_first(f)) s = f->inner.write(f->inner.self, ((transaction *)transaction_)->inner, changes, count, failed_at, error);
    if (!fails) return s;
    *failed_at = 0;
    return answer(f, error);
}

static complaint_status COMPLAINT_CALL slot_get(void *self, void *transaction_, int32_t table, const complaint_value *key, int32_t key_count, complaint_row_fn sink,
                                                void *sink_context, complaint_host_error *error) {
    complaint_fault *f = self;
    bool fails = strikes(f, COMPLAINT_SLOT_GET);
    complaint_status s = COMPLAINT_OK;
    if (!fails || works_first(f)) s = f->inner.get(f->inner.self, ((transaction *)transaction_)->inner, table, key, key_count, sink, sink_context, error);
    return fails ? answer(f, error) : s;
}

static complaint_status COMPLAINT_CALL slot_select(void *self, void *transaction_, int32_t table, int32_t index, const complaint_bounds *bounds, int32_t direction, int64_t limit,
                                                   complaint_row_fn sink, void *sink_context, complaint_host_error *error) {
    complaint_fault *f = self;
    bool fails = strikes(f, COMPLAINT_SLOT_SELECT);
    complaint_status s = COMPLAINT_OK;
    if (!fails || works_first(f)) s = f->inner.select(f->inner.self, ((transaction *)transaction_)->inner, table, index, bounds, direction, limit, sink, sink_context, error);
    return fails ? answer(f, error) : s;
}

complaint_status complaint_fault_wrap(const complaint_store *inner, complaint_fault **fault, complaint_store *outer) {
    if (!inner || !fault || !outer) return COMPLAINT_E_INVALID;
    complaint_fault *f = calloc(1, sizeof *f);
    if (!f) return COMPLAINT_E_MEMORY;
    f->inner = *inner;
    *outer = (complaint_store){sizeof *outer, f, slot_schema, inner->limits ? slot_limits : NULL, slot_begin, slot_commit, slot_rollback, slot_write, slot_get, slot_select};
    *fault = f;
    return COMPLAINT_OK;
}

complaint_status complaint_fault_set(complaint_fault *fault, int32_t slot, int64_t call, int32_t flags, complaint_status status) {
    if (!fault || slot < 0 || slot >= SLOT_COUNT || slot == COMPLAINT_SLOT_ROLLBACK || call < 0) return COMPLAINT_E_INVALID;
    if (flags & ~(COMPLAINT_FAULT_FOREVER | COMPLAINT_FAULT_AFTER)) return COMPLAINT_E_INVALID;
    fault->slot = slot;
    fault->flags = flags;
    fault->wait = call;
    fault->status = status;
    fault->struck = 0;
    return COMPLAINT_OK;
}

int64_t complaint_fault_calls(const complaint_fault *fault, int32_t slot) { return fault && slot >= 0 && slot < SLOT_COUNT ? fault->calls[slot] : 0; }

int64_t complaint_fault_struck(const complaint_fault *fault) { return fault ? fault->struck : 0; }

int64_t complaint_fault_open(const complaint_fault *fault) { return fault ? fault->open : 0; }

void complaint_fault_reset(complaint_fault *fault) {
    if (!fault) return;
    memset(fault->calls, 0, sizeof fault->calls);
    fault->status = COMPLAINT_OK;
}

void complaint_fault_free(complaint_fault *fault) { free(fault); }
