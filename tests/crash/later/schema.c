/*
 * The schema of the next minor version: a table more, a column more and an index more. Linked before the library, it takes the place of the library's own schema, and the rest of the library is what it is:
 * counters are added to, never inserted, so no code has to know the column.
 *
 * Owns: what is new. Must not know: who uses it.
 */
/* The getters of this version get other names, and those below theirs. */
#define complaint_schema_major earlier_major
#define complaint_schema_minor earlier_minor
#define complaint_schema_table_count earlier_table_count
#define complaint_schema_table_name earlier_table_name
#define complaint_schema_table_comment earlier_table_comment
#define complaint_schema_table_since earlier_table_since
#define complaint_schema_table_find earlier_table_find
#define complaint_schema_column_count earlier_column_count
#define complaint_schema_key_count earlier_key_count
#define complaint_schema_column_name earlier_column_name
#define complaint_schema_column_comment earlier_column_comment
#define complaint_schema_column_type earlier_column_type
#define complaint_schema_column_nullable earlier_column_nullable
#define complaint_schema_column_since earlier_column_since
#define complaint_schema_version_column earlier_version_column
#define complaint_schema_index_count earlier_index_count
#define complaint_schema_index_name earlier_index_name
#define complaint_schema_index_unique earlier_index_unique
#define complaint_schema_index_width earlier_index_width
#define complaint_schema_index_column earlier_index_column
#define complaint_schema_index_since earlier_index_since
#include "record/schema.c"
#undef complaint_schema_major
#undef complaint_schema_minor
#undef complaint_schema_table_count
#undef complaint_schema_table_name
#undef complaint_schema_table_comment
#undef complaint_schema_table_since
#undef complaint_schema_table_find
#undef complaint_schema_column_count
#undef complaint_schema_key_count
#undef complaint_schema_column_name
#undef complaint_schema_column_comment
#undef complaint_schema_column_type
#undef complaint_schema_column_nullable
#undef complaint_schema_column_since
#undef complaint_schema_version_column
#undef complaint_schema_index_count
#undef complaint_schema_index_name
#undef complaint_schema_index_unique
#undef complaint_schema_index_width
#undef complaint_schema_index_column
#undef complaint_schema_index_since

#undef COUNT
#define COUNT(a) (int32_t)(sizeof(a) / sizeof((a)[0]))

enum { LATER_TABLE = CPL_TABLE_COUNT, LATER_MINOR = CPL_SCHEMA_MINOR + 1 };

static const column table_columns[] = {OFFICE, TXT("topic", "what it is about"), TXT("words", "what is said of it")};
static const column counter_column = TXT("later", "who counts it, or empty");

/* The counter's new column, and its new index: the office, the new column, the rest of the key. */
static int32_t counter_at(void) { return earlier_column_count(CPL_COUNTER); }
static bool is_column(int32_t t, int32_t c) { return t == CPL_COUNTER && c == counter_at(); }
static bool is_index(int32_t t, int32_t i) { return t == CPL_COUNTER && i == earlier_index_count(CPL_COUNTER); }

static const column *added(int32_t t, int32_t c) {
    if (is_column(t, c)) return &counter_column;
    return t == LATER_TABLE && c >= 0 && c < COUNT(table_columns) ? &table_columns[c] : NULL;
}

int32_t complaint_schema_major(void) { return earlier_major(); }
int32_t complaint_schema_minor(void) { return LATER_MINOR; }
int32_t complaint_schema_table_count(void) { return LATER_TABLE + 1; }
const char *complaint_schema_table_name(int32_t t) { return t == LATER_TABLE ? "complaint_later" : earlier_table_name(t); }
const char *complaint_schema_table_comment(int32_t t) { return t == LATER_TABLE ? "Something that only a later version knows." : earlier_table_comment(t); }
int32_t complaint_schema_table_since(int32_t t) { return t == LATER_TABLE ? LATER_MINOR : earlier_table_since(t); }
int32_t complaint_schema_table_find(const char *name) { return name && strcmp(name, "complaint_later") == 0 ? LATER_TABLE : earlier_table_find(name); }
int32_t complaint_schema_column_count(int32_t t) { return t == LATER_TABLE ? COUNT(table_columns) : earlier_column_count(t) + (t == CPL_COUNTER); }
int32_t complaint_schema_key_count(int32_t t) { return t == LATER_TABLE ? 2 : earlier_key_count(t); }
const char *complaint_schema_column_name(int32_t t, int32_t c) { return added(t, c) ? added(t, c)->name : earlier_column_name(t, c); }
const char *complaint_schema_column_comment(int32_t t, int32_t c) { return added(t, c) ? added(t, c)->comment : earlier_column_comment(t, c); }
int32_t complaint_schema_column_type(int32_t t, int32_t c) { return added(t, c) ? added(t, c)->type : earlier_column_type(t, c); }
int32_t complaint_schema_column_nullable(int32_t t, int32_t c) { return added(t, c) ? 0 : earlier_column_nullable(t, c); }
int32_t complaint_schema_column_since(int32_t t, int32_t c) { return added(t, c) ? LATER_MINOR : earlier_column_since(t, c); }
int32_t complaint_schema_version_column(int32_t t) { return earlier_version_column(t); }
int32_t complaint_schema_index_count(int32_t t) { return t == LATER_TABLE ? 1 : earlier_index_count(t) + (t == CPL_COUNTER); }

const char *complaint_schema_index_name(int32_t t, int32_t i) {
    if (is_index(t, i)) return "complaint_counter_later";
    return t == LATER_TABLE && i == 0 ? "complaint_later" : earlier_index_name(t, i);
}

int32_t complaint_schema_index_unique(int32_t t, int32_t i) { return is_index(t, i) ? 0 : t == LATER_TABLE ? i == 0 : earlier_index_unique(t, i); }

int32_t complaint_schema_index_width(int32_t t, int32_t i) {
    if (is_index(t, i)) return earlier_key_count(t) + 1;
    return t == LATER_TABLE ? (i == 0) * 2 : earlier_index_width(t, i);
}

int32_t complaint_schema_index_column(int32_t t, int32_t i, int32_t position) {
    if (position < 0 || position >= complaint_schema_index_width(t, i)) return -1;
    if (is_index(t, i)) return position == 0 ? 0 : position == 1 ? counter_at() : position - 1;
    return t == LATER_TABLE ? position : earlier_index_column(t, i, position);
}

int32_t complaint_schema_index_since(int32_t t, int32_t i) { return is_index(t, i) || t == LATER_TABLE ? LATER_MINOR : earlier_index_since(t, i); }
