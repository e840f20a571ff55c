/*
 * kit/check_schema: versions of the schema, limits, what is left after closing.
 */
#include "kit.h"

static bool has_version(cpl_kit *k, int32_t connection, int32_t major, int32_t minor) {
    int32_t got_major = -1, got_minor = -1;
    const complaint_store *store = &k->stores[connection];
    complaint_status s = store->schema(store->self, COMPLAINT_SCHEMA_READ, &got_major, &got_minor, NULL);
    if (s != COMPLAINT_OK) return cpl_kit_fail(k, "schema READ answered %s", cpl_kit_status_name(s));
    return (got_major == major && got_minor == minor) || cpl_kit_fail(k, "schema READ gave %d.%d instead of %d.%d", (int)got_major, (int)got_minor, (int)major, (int)minor);
}

static bool has_current_version(cpl_kit *k, int32_t connection) { return has_version(k, connection, complaint_schema_major(), complaint_schema_minor()); }

static bool empty_place_is_0_0(cpl_kit *k) { return cpl_kit_open(k, 0) && has_version(k, 0, 0, 0); }

static bool written_version_is_read(cpl_kit *k) { return cpl_kit_start(k) && has_current_version(k, 0); }

static bool version_is_seen_by_others(cpl_kit *k) { return cpl_kit_start(k) && cpl_kit_open(k, 1) && has_current_version(k, 1); }

static bool writing_again_keeps_rows(cpl_kit *k) {
    cpl_kit_row row = cpl_kit_make_row(k, 0, KIT_OFFICE, 1);
    complaint_change insert = cpl_kit_insert(&row);
    if (!cpl_kit_start(k) || !cpl_kit_store_changes(k, 0, KIT_OFFICE, &insert, 1)) return false;
    cpl_kit_close(k, 0);
    return cpl_kit_start(k) && has_current_version(k, 0) && cpl_kit_holds(k, KIT_OFFICE, &row);
}

static bool every_table_is_there(cpl_kit *k) {
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < complaint_schema_table_count(); t++) {
        cpl_kit_rows row = cpl_kit_make_rows(k, t, KIT_OFFICE, 1);
        if (!cpl_kit_store_rows(k, 0, KIT_OFFICE, &row) || !cpl_kit_holds_exactly(k, KIT_OFFICE, t, &row)) return false;
    }
    return true;
}

static bool limits_are_sound(cpl_kit *k) {
    complaint_limits limits = {sizeof limits, 0, 0, 0, 0};
    if (!cpl_kit_start(k)) return false;
    if (!k->stores[0].limits) return cpl_kit_skip(k, "the store has no limits slot");
    complaint_status s = k->stores[0].limits(k->stores[0].self, &limits, NULL);
    if (s != COMPLAINT_OK) return cpl_kit_fail(k, "limits answered %s", cpl_kit_status_name(s));
    if (limits.size != sizeof limits) return cpl_kit_fail(k, "limits changed the size, which is the library's");
    if (limits.max_value < 0 || limits.max_transaction < limits.max_value) return cpl_kit_fail(k, "limits: a transaction must bear at least one value");
    return (limits.flags & ~COMPLAINT_STORE_JOINED) == 0 || cpl_kit_fail(k, "limits: unknown flags");
}

static bool rows_stay_after_closing(cpl_kit *k) {
    int32_t tables = complaint_schema_table_count();
    cpl_kit_rows *rows = cpl_kit_alloc(k, (size_t)tables * sizeof rows[0]);
    if (!cpl_kit_start(k)) return false;
    for (int32_t t = 0; t < tables; t++) {
        rows[t] = cpl_kit_make_rows(k, t, KIT_OFFICE, 5);
        if (!cpl_kit_store_rows(k, 0, KIT_OFFICE, &rows[t])) return false;
    }
    cpl_kit_close(k, 0);
    if (!cpl_kit_open(k, 0) || !has_current_version(k, 0)) return false;
    for (int32_t t = 0; t < tables; t++)
        if (!cpl_kit_holds_exactly(k, KIT_OFFICE, t, &rows[t])) return false;
    return true;
}

static bool unfinished_work_is_gone_after_closing(cpl_kit *k) {
    cpl_kit_row row = cpl_kit_make_row(k, 0, KIT_OFFICE, 1);
    complaint_change insert = cpl_kit_insert(&row);
    if (!cpl_kit_start(k) || !cpl_kit_begin(k, 0, COMPLAINT_WRITE, KIT_OFFICE) || !cpl_kit_write(k, 0, &insert, 1)) return false;
    cpl_kit_close(k, 0);
    return cpl_kit_open(k, 0) && cpl_kit_holds_not(k, KIT_OFFICE, &row);
}

const cpl_kit_check cpl_kit_schema_checks[] = {
    {"schema/empty_place_is_0_0", 0, empty_place_is_0_0},
    {"schema/written_version_is_read", 0, written_version_is_read},
    {"schema/version_is_seen_by_others", KIT_NEEDS_CONNECTIONS, version_is_seen_by_others},
    {"schema/writing_again_keeps_rows", KIT_NEEDS_TO_REMEMBER, writing_again_keeps_rows},
    {"schema/every_table_is_there", 0, every_table_is_there},
    {"schema/limits_are_sound", 0, limits_are_sound},
    {"schema/rows_stay_after_closing", KIT_NEEDS_TO_REMEMBER, rows_stay_after_closing},
    {"schema/unfinished_work_is_gone_after_closing", KIT_NEEDS_TO_REMEMBER, unfinished_work_is_gone_after_closing},
    {NULL, 0, NULL},
};
