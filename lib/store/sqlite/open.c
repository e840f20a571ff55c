/*
 * store/sqlite/open: from a path to a connection, and from an empty file to the schema.
 *
 * Owns: what makes a file ours, the connection's settings, the way to read a file in a place that cannot be written, creating and
 * migrating. Must not know: rows, transactions of the library.
 */
#include <complaint/schema.h>

#include "sqlite.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the file, without opening it ---------------------------------------------------------------------------------------- */

/* Only stat: closing a descriptor of the file would take away the locks of this process's other connections. */
static bool look_at(const char *path, cpl_sqlfile *file) {
    struct stat st;
    if (stat(path, &st) != 0) return false;
    *file = (cpl_sqlfile){(int64_t)st.st_size, (int64_t)st.st_ino, (int64_t)st.st_mtim.tv_sec, (int64_t)st.st_mtim.tv_nsec};
    return true;
}

static bool is_there(const complaint_sqlite *s) {
    cpl_sqlfile ignored;
    return look_at(s->path, &ignored);
}

static bool is_as_seen(const complaint_sqlite *s) {
    cpl_sqlfile now;
    return look_at(s->path, &now) && now.size == s->seen.size && now.inode == s->seen.inode && now.seconds == s->seen.seconds && now.nanoseconds == s->seen.nanoseconds &&
           !cpl_sqlite_has_log(s);
}

/* ---- the connection ------------------------------------------------------------------------------------------------------- */

/* SQLite goes on with a file that has lost its name: what is written then is nobody's when the connection is closed. */
static bool has_moved(const complaint_sqlite *s) {
    int moved = 0;
    return sqlite3_file_control(s->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved;
}

/* Locks belong to the process that took them: what it held is not held in one that was forked from it. */
bool cpl_sqlite_is_inherited(const complaint_sqlite *s) { return s->db && s->process != (int64_t)getpid(); }

/* Closing would undo, in memory that both share, what the other process is writing. */
static bool is_in_use_elsewhere(const complaint_sqlite *s) { return cpl_sqlite_is_inherited(s) && !sqlite3_get_autocommit(s->db); }

complaint_status cpl_sqlite_check_place(complaint_sqlite *s, complaint_host_error *error) {
    if (cpl_sqlite_is_inherited(s))
        return cpl_sqlite_refuse(s, COMPLAINT_E_STORE, "โปรแกรมแยกกระบวนการ (fork) หลังเปิดฐานข้อมูล จึงใช้ต่อไม่ได้ รายการนี้ยังไม่ได้บันทึก โปรดปิดแล้วเปิดโปรแกรมใหม่",
                                 "opened by the process that this one was forked from; open a connection of its own", error);
    if (has_moved(s))
        return cpl_sqlite_refuse(s, COMPLAINT_E_STORE, "ไฟล์ฐานข้อมูลถูกลบ ย้าย หรือแทนที่ขณะใช้งาน รายการนี้ยังไม่ได้บันทึก โปรดนำไฟล์เดิมกลับมาที่เดิมแล้วสั่งใหม่ หากตั้งใจเปลี่ยนไฟล์ให้เปิดโปรแกรมใหม่",
                                 "the file was removed or replaced since it was opened; put it back, or open the desk again on what is there now (complaint_setup_set_known_office refuses an empty one)", error);
    return COMPLAINT_OK;
}

/* Always an URI, so that no path means more than a file: not `:memory:`, not a host's URI. */
static char *uri_of(const char *path, bool immutable) {
    sqlite3_str *q = sqlite3_str_new(NULL);
    sqlite3_str_appendall(q, path[0] == '/' ? "file://" : "file:./");
    for (const char *p = path; *p; p++) {
        if (*p == '%' || *p == '?' || *p == '#')
            sqlite3_str_appendf(q, "%%%02x", *p);
        else
            sqlite3_str_appendchar(q, 1, *p);
    }
    if (immutable) sqlite3_str_appendall(q, "?immutable=1");
    return sqlite3_str_finish(q);
}

/* Asks often: SQLite's own waiting soon sleeps for a tenth of a second, and whoever has slept long is overtaken for seconds by those that have not. */
static int wait_turn(void *context, int asked) {
    complaint_sqlite *s = context;
    if (asked == 0) s->waited = 0;
    if (s->waited >= s->busy_timeout) return 0;
    s->waited += sqlite3_sleep(asked < 20 ? 1 : asked < 100 ? 2 : 5);
    return 1;
}

static int open_file(complaint_sqlite *s, bool create, bool immutable) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE;
    flags |= s->flags & COMPLAINT_SQLITE_READ_ONLY || immutable ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (create) flags |= SQLITE_OPEN_CREATE;
    char *uri = uri_of(s->path, immutable);
    int code = uri ? sqlite3_open_v2(uri, &s->db, flags, NULL) : SQLITE_NOMEM;
    s->process = (int64_t)getpid();
    sqlite3_free(uri);
    if (code == SQLITE_OK) code = sqlite3_busy_handler(s->db, wait_turn, s);
    if (code == SQLITE_OK) code = sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return code;
}

static int one_number(complaint_sqlite *s, const char *sql, int64_t *number) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        *number = sqlite3_column_int64(statement, 0);
        code = SQLITE_OK;
    }
    int closing = sqlite3_finalize(statement);
    return code == SQLITE_OK ? closing : code;
}

typedef struct identity {
    int64_t tables, application, version;
} identity;

/* The tables are counted first: should somebody create the schema meanwhile, the id read after it is ours. */
static int identify(complaint_sqlite *s, identity *who) {
    int code = one_number(s, "SELECT count(*) FROM sqlite_schema", &who->tables);
    if (code == SQLITE_OK) code = one_number(s, "PRAGMA application_id", &who->application);
    if (code == SQLITE_OK) code = one_number(s, "PRAGMA user_version", &who->version);
    return code;
}

static bool is_ours(const identity *who) { return who->application == COMPLAINT_SQLITE_APPLICATION_ID; }

static bool is_empty(const identity *who) { return who->application == 0 && who->tables == 0 && who->version == 0; }

static complaint_status refuse_foreign(complaint_sqlite *s, const identity *who, complaint_host_error *error) {
    char why[120];
    (void)snprintf(why, sizeof why, "an SQLite file of another program (application id %lld, %lld tables)", (long long)who->application, (long long)who->tables);
    return cpl_sqlite_refuse(s, COMPLAINT_E_FOREIGN, NULL, why, error);
}

static int64_t number_of(int32_t major, int32_t minor) { return (int64_t)major * 1000 + minor; }

complaint_status cpl_sqlite_check_version(complaint_sqlite *s, complaint_host_error *error) {
    char why[120];
    if (s->version < number_of(complaint_schema_major() + 1, 0)) return COMPLAINT_OK;
    (void)snprintf(why, sizeof why, "schema %lld.%lld, this library knows %d", (long long)(s->version / 1000), (long long)(s->version % 1000), (int)complaint_schema_major());
    return cpl_sqlite_refuse(s, COMPLAINT_E_SCHEMA_NEWER, NULL, why, error);
}

/* 640 KiB of pages: with statements and policy a desk stays under 2 MB, and what is read again lies in the operating system's cache anyhow. */
static const char *const small_cache = "PRAGMA cache_size = -640";

static int settle(complaint_sqlite *s) {
    const char *sql = s->flags & COMPLAINT_SQLITE_SYNC_OFF      ? "PRAGMA synchronous = OFF"
                      : s->flags & COMPLAINT_SQLITE_SYNC_NORMAL ? "PRAGMA synchronous = NORMAL"
                                                                : "PRAGMA synchronous = FULL";
    int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    if (code == SQLITE_OK) code = sqlite3_exec(s->db, small_cache, NULL, NULL, NULL);
    /* A view or trigger that somebody planted in the file gets no functions with effects. */
    if (code == SQLITE_OK) code = sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (code == SQLITE_OK) code = sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
    return code;
}

/* A WAL file needs a place for its shared memory. Where there is none and no log to be read, the file is complete by itself. */
static bool wants_immutable(const complaint_sqlite *s, int code) { return ((code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_READONLY) && is_there(s) && !cpl_sqlite_has_log(s); }

static int open_immutable(complaint_sqlite *s, identity *who) {
    cpl_sqlite_disconnect(s);
    if (!look_at(s->path, &s->seen)) return SQLITE_CANTOPEN;
    s->immutable = true;
    int code = open_file(s, false, true);
    return code == SQLITE_OK ? identify(s, who) : code;
}

complaint_status cpl_sqlite_connect(complaint_sqlite *s, bool create, complaint_host_error *error) {
    identity who = {0, 0, 0};
    if (s->db && s->immutable && !is_as_seen(s)) cpl_sqlite_disconnect(s);
    if (s->db) return COMPLAINT_OK;
    int code = open_file(s, create, false);
    if (code == SQLITE_OK) code = identify(s, &who);
    if (wants_immutable(s, code)) code = open_immutable(s, &who);
    complaint_status status = COMPLAINT_OK;
    s->version = who.version;
    if (code == SQLITE_OK && !is_ours(&who) && !is_empty(&who))
        status = refuse_foreign(s, &who, error);
    else if (code == SQLITE_OK)
        status = cpl_sqlite_check_version(s, error);
    if (code == SQLITE_OK && status == COMPLAINT_OK) code = settle(s);
    if (code != SQLITE_OK) status = cpl_sqlite_fail(s, code, "open", error);
    if (status != COMPLAINT_OK) cpl_sqlite_disconnect(s);
    return status;
}

void cpl_sqlite_disconnect(complaint_sqlite *s) {
    cpl_sqlite_forget_statements(s);
    sqlite3_stmt **own[] = {&s->begin_read, &s->begin_write, &s->pin, &s->commit, &s->rollback};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        (void)sqlite3_finalize(*own[i]);
        *own[i] = NULL;
    }
    if (cpl_sqlite_is_inherited(s)) (void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (!is_in_use_elsewhere(s)) (void)sqlite3_close(s->db);
    s->db = NULL;
    s->immutable = s->wal = false;
}

bool cpl_sqlite_is_read_only(const complaint_sqlite *s) { return (s->flags & COMPLAINT_SQLITE_READ_ONLY) != 0 || s->immutable || sqlite3_db_readonly(s->db, "main") == 1; }

void cpl_sqlite_prefer_wal(complaint_sqlite *s) {
    if (!s->wal) s->wal = sqlite3_exec(s->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) == SQLITE_OK;
}

/* ---- the schema ------------------------------------------------------------------------------------------------------------- */

static complaint_status read_version(complaint_sqlite *s, int32_t *major, int32_t *minor, complaint_host_error *error) {
    if (s->flags & COMPLAINT_SQLITE_CREATE && !s->db && !is_there(s)) {
        *major = *minor = 0;
        return COMPLAINT_OK;
    }
    complaint_status status = cpl_sqlite_connect(s, false, error);
    if (status != COMPLAINT_OK) return status;
    int code = one_number(s, "PRAGMA user_version", &s->version);
    if (code != SQLITE_OK) return cpl_sqlite_fail(s, code, "read the schema version", error);
    status = cpl_sqlite_check_version(s, error);
    if (status != COMPLAINT_OK) return status;
    *major = (int32_t)(s->version / 1000);
    *minor = (int32_t)(s->version % 1000);
    return COMPLAINT_OK;
}

static int run_ddl(complaint_sqlite *s, int32_t from, int32_t to) {
    size_t size = 0;
    (void)complaint_schema_ddl(COMPLAINT_DDL_SQLITE, from, to, NULL, 0, &size);
    char *script = s->a.allocate(s->a.self, size + 1);
    if (!script) return SQLITE_NOMEM;
    int code = SQLITE_ERROR;
    if (complaint_schema_ddl(COMPLAINT_DDL_SQLITE, from, to, script, size + 1, &size) == COMPLAINT_OK) code = sqlite3_exec(s->db, script, NULL, NULL, NULL);
    s->a.release(s->a.self, script);
    return code;
}

static int mark(complaint_sqlite *s, int32_t major, int32_t minor) {
    char sql[120];
    (void)snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %lld", (int)COMPLAINT_SQLITE_APPLICATION_ID, (long long)number_of(major, minor));
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL);
}

/* In a transaction, with the version that is there now: somebody else may have been quicker. */
static int migrate(complaint_sqlite *s, int32_t major, int32_t minor) {
    identity who = {0, 0, 0};
    int code = identify(s, &who);
    if (code != SQLITE_OK || who.version >= number_of(major, minor)) return code;
    if (!is_ours(&who) && !is_empty(&who)) return SQLITE_NOTADB;
    code = run_ddl(s, who.version == 0 ? -1 : (int32_t)(who.version % 1000), minor);
    return code == SQLITE_OK ? mark(s, major, minor) : code;
}

static complaint_status write_version(complaint_sqlite *s, int32_t major, int32_t minor, complaint_host_error *error) {
    if (s->flags & COMPLAINT_SQLITE_READ_ONLY) return cpl_sqlite_refuse_writing(s, error);
    if (major != complaint_schema_major() || minor < 0 || minor > complaint_schema_minor())
        return cpl_sqlite_refuse(s, COMPLAINT_E_SCHEMA, NULL, "asked for a schema it does not know", error);
    complaint_status status = cpl_sqlite_connect(s, (s->flags & COMPLAINT_SQLITE_CREATE) != 0, error);
    if (status != COMPLAINT_OK) return status;
    if (s->version >= number_of(major, minor)) return COMPLAINT_OK;
    if (s->version == 0 && !(s->flags & COMPLAINT_SQLITE_CREATE)) return cpl_sqlite_refuse(s, COMPLAINT_E_SCHEMA_EMPTY, NULL, "the file is empty, and was not opened to be made a database", error);
    if (cpl_sqlite_is_read_only(s)) return cpl_sqlite_refuse_writing(s, error);
    int code = sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if ((code & 0xff) == SQLITE_BUSY) return cpl_sqlite_fail(s, code, "begin", error);
    if (code == SQLITE_OK) code = migrate(s, major, minor);
    if (code == SQLITE_OK) code = sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
    if (code == SQLITE_OK) code = one_number(s, "PRAGMA user_version", &s->version);
    if (code != SQLITE_OK) status = cpl_sqlite_fail(s, code, "create the schema", error);
    if (!sqlite3_get_autocommit(s->db)) (void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    if (status == COMPLAINT_OK) cpl_sqlite_prefer_wal(s);
    return status;
}

complaint_status COMPLAINT_CALL cpl_sqlite_slot_schema(void *self, int32_t operation, int32_t *major, int32_t *minor, complaint_host_error *error) {
    complaint_sqlite *s = self;
    if (s->mode != 0) return cpl_sqlite_refuse(s, COMPLAINT_E_STORE, NULL, "a transaction is open", error);
    if (s->db && is_in_use_elsewhere(s)) return cpl_sqlite_check_place(s, error);
    if (s->db && cpl_sqlite_check_place(s, NULL) != COMPLAINT_OK) cpl_sqlite_disconnect(s); /* a desk is being opened: on what is there now */
    return operation == COMPLAINT_SCHEMA_READ ? read_version(s, major, minor, error) : write_version(s, *major, *minor, error);
}
