/*
 * What a host brings to a desk: the store (one SQLite file), the clock (--at or the machine's), the policy and calendar, and who asks. A real
 * host knows who asks because he signed in; this one believes --as.
 */
#include "cli.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char default_db[] = "complaint.db";
static const char default_policy[] = "moph-chiangrai-2569";

/* ---- clock ---- */

static int64_t system_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t host_now(const cli *c) { return c->has_at ? c->at : system_now(); }

int32_t host_today(const cli *c) {
    int32_t day = 0;
    int64_t millisecond = 0;
    (void)complaint_date_of_instant(host_now(c), &day, &millisecond);
    return day;
}

static complaint_status clock_now(void *self, int64_t *now, complaint_host_error *error) {
    (void)error;
    *now = host_now(self);
    return COMPLAINT_OK;
}

/* ---- policy ---- */

static int parse_policy(cli *c, const char *path, const buffer *document) {
    complaint_error *error = NULL;
    complaint_status status = complaint_policy_parse(NULL, document->data, document->size, &c->policy, &error);
    if (status == COMPLAINT_OK) return CLI_DONE;
    int answer = error ? refuse_in(c, path, error) : refuse_status(c, status, path);
    complaint_error_free(error);
    return answer;
}

/* All that is wrong with a document, not the first mistake alone. */
static int check_document(cli *c, const char *path, const buffer *document) {
    complaint_error *error = NULL;
    complaint_page *mistakes = NULL;
    complaint_status status = complaint_policy_check(NULL, document->data, document->size, &mistakes, &error);
    int answer = CLI_DONE;
    if (status != COMPLAINT_OK)
        answer = error ? refuse_in(c, path, error) : refuse_status(c, status, path);
    else if (complaint_page_count(mistakes) > 0)
        answer = refuse_mistakes(c, path, mistakes);
    complaint_error_free(error);
    complaint_page_free(mistakes);
    return answer;
}

static int check_and_parse(cli *c, const char *path, const buffer *document) {
    int answer = check_document(c, path, document);
    return answer == CLI_DONE ? parse_policy(c, path, document) : answer;
}

typedef int (*use_fn)(cli *c, const char *path, const buffer *document);

static int read_document(cli *c, const char *path, use_fn use, const char *thai, const char *english) {
    FILE *file = fopen(path, "rb");
    if (!file) return refuse_file(c, path, thai, english, errno);
    buffer document = {0};
    bool read = read_all(file, &document);
    int number = errno;
    (void)fclose(file);
    int answer = read ? use(c, path, &document) : refuse_file(c, path, "อ่านไฟล์ไม่ได้", "the file cannot be read", number);
    release(&document);
    return answer;
}

static int load_policy(cli *c, const char *name, use_fn use) {
    complaint_error *error = NULL;
    complaint_status status = complaint_policy_builtin(NULL, name, &c->policy, &error);
    int answer = CLI_DONE;
    if (status == COMPLAINT_E_NOT_FOUND)
        answer = read_document(c, name, use, "ไม่มีมาตรฐานการปฏิบัติงานชื่อนี้ และเปิดไฟล์ชื่อนี้ไม่ได้", "no built-in policy of this name, and no such file");
    else if (status != COMPLAINT_OK)
        answer = error ? refuse(c, error) : refuse_status(c, status, name);
    complaint_error_free(error);
    return answer;
}

int host_policy(cli *c, const char *name) { return load_policy(c, name ? name : default_policy, parse_policy); }

int host_check_policy(cli *c, const char *name) { return load_policy(c, name, check_and_parse); }

/* ---- calendar ---- */

/* The calendar with the changes of a document in place of the one without. */
static int change_calendar(cli *c, const char *path, const buffer *document) {
    complaint_error *error = NULL;
    complaint_calendar *changed = NULL;
    complaint_calendar_edit *edit = NULL;
    complaint_status status = complaint_calendar_edit_new(c->calendar, &edit, &error);
    if (status == COMPLAINT_OK) status = complaint_calendar_edit_load_json(edit, document->data, document->size, &error);
    if (status == COMPLAINT_OK) status = complaint_calendar_edit_build(edit, &changed, &error);
    complaint_calendar_edit_free(edit);
    if (status == COMPLAINT_OK) {
        complaint_calendar_free(c->calendar);
        c->calendar = changed;
        return CLI_DONE;
    }
    int answer = error ? refuse_in(c, path, error) : refuse_status(c, status, path);
    complaint_error_free(error);
    return answer;
}

/* Each FILE of `--calendar FILE,FILE`, in that order. */
static int change_by_files(cli *c, const char *files) {
    int answer = CLI_DONE;
    buffer path = {0};
    for (const char *at = files; answer == CLI_DONE && *at;) {
        size_t size = strcspn(at, ",");
        clear(&path);
        add(&path, at, size);
        answer = read_document(c, path.data, change_calendar, "เปิดไฟล์ปฏิทินไม่ได้", "the calendar cannot be opened");
        at += size + (at[size] == ',');
    }
    release(&path);
    return answer;
}

int host_calendar(cli *c, const char *province) {
    complaint_error *error = NULL;
    complaint_status status = complaint_calendar_builtin(NULL, province, &c->calendar, &error);
    int answer = status == COMPLAINT_OK ? CLI_DONE : error ? refuse(c, error) : refuse_status(c, status, province ? province : "calendar");
    complaint_error_free(error);
    return answer == CLI_DONE && c->opt.calendar ? change_by_files(c, c->opt.calendar) : answer;
}

/* ---- actor: --as ROLE[,ROLE...][:NAME] ---- */

static const char *login_name(void) {
    const struct passwd *user = getpwuid(geteuid());
    return user && user->pw_name[0] ? user->pw_name : "cli";
}

static complaint_status add_roles(complaint_actor *actor, char *roles) {
    complaint_status status = COMPLAINT_OK;
    for (char *role = roles; role && status == COMPLAINT_OK;) {
        char *comma = strchr(role, ',');
        if (comma) *comma = '\0';
        status = complaint_actor_add_role(actor, role);
        role = comma ? comma + 1 : NULL;
    }
    return status;
}

static complaint_status fill_actor(cli *c, char *roles, const char *name) {
    complaint_status status = complaint_actor_new(NULL, name, &c->actor);
    if (status == COMPLAINT_OK) status = add_roles(c->actor, roles);
    if (status == COMPLAINT_OK && c->opt.unit) status = complaint_actor_set_unit(c->actor, principal_of(c, c->opt.unit));
    if (status == COMPLAINT_OK && c->opt.on_behalf) status = complaint_actor_set_on_behalf(c->actor, principal_of(c, c->opt.on_behalf));
    if (status == COMPLAINT_OK && c->opt.acting_for) status = complaint_actor_set_acting_for(c->actor, c->opt.acting_for);
    return status;
}

static int open_actor(cli *c) {
    buffer as = {0};
    add_text(&as, c->opt.as ? c->opt.as : "officer");
    char *colon = strchr(as.data, ':');
    if (colon) *colon = '\0';
    const char *name = colon && colon[1] ? colon + 1 : login_name();
    complaint_status status = fill_actor(c, as.data, name);
    release(&as);
    return status == COMPLAINT_OK ? CLI_DONE : refuse_status(c, status, "--as --unit --on-behalf --acting-for");
}

/* ---- store and desk ---- */

const char *host_db(const cli *c) { return c->opt.db ? c->opt.db : default_db; }

/* The flag of --sync, or -1. */
static int32_t sync_flag(const char *sync) {
    if (!sync || strcmp(sync, "full") == 0) return 0;
    if (strcmp(sync, "normal") == 0) return COMPLAINT_SQLITE_SYNC_NORMAL;
    return strcmp(sync, "off") == 0 ? COMPLAINT_SQLITE_SYNC_OFF : -1;
}

static bool folder_is_there(const char *path) {
    struct stat st;
    buffer folder = {0};
    const char *slash = strrchr(path, '/');
    if (slash) add(&folder, path, (size_t)(slash - path) + 1);
    bool there = !slash || (stat(folder.data, &st) == 0 && S_ISDIR(st.st_mode));
    release(&folder);
    return there;
}

/* What the store would call a file it cannot open. Whether it is a database of this library is the store's to say. */
static int look_at_place(const cli *c, const char *path, bool create) {
    struct stat st;
    if (stat(path, &st) != 0) {
        if (!folder_is_there(path)) return refuse_file(c, path, "ไม่มีโฟลเดอร์ที่จะเก็บฐานข้อมูล", "the folder of the database is not there", errno);
        if (errno == ENOENT && !create) return refuse_file(c, path, "ไม่พบฐานข้อมูล สร้างด้วย complaint init", "there is no such database; `complaint init` makes one", 0);
        return errno == ENOENT ? CLI_DONE : refuse_file(c, path, "เปิดฐานข้อมูลไม่ได้", "the database cannot be looked at", errno);
    }
    if (S_ISDIR(st.st_mode)) return refuse_file(c, path, "เป็นโฟลเดอร์ ไม่ใช่ไฟล์ฐานข้อมูล", "a folder, not the file of a database", 0);
    if (st.st_size == 0 && !create) return refuse_file(c, path, "ไฟล์ว่าง ยังไม่ใช่ฐานข้อมูล เริ่มใช้ด้วย complaint init", "the file is empty; `complaint init` makes a database of it", 0);
    return CLI_DONE;
}

static int open_store(cli *c, int32_t mode, bool create) {
    const char *path = host_db(c);
    int answer = look_at_place(c, path, create);
    if (answer != CLI_DONE) return answer;
    int32_t sync = sync_flag(c->opt.sync);
    if (sync < 0) return misuse(c, "--sync คือ full normal หรือ off", "--sync takes full, normal or off", c->opt.sync);
    int32_t flags = (mode == COMPLAINT_READ ? COMPLAINT_SQLITE_READ_ONLY : 0) | (create ? COMPLAINT_SQLITE_CREATE : 0) | (mode == COMPLAINT_READ ? 0 : sync);
    complaint_status status = complaint_sqlite_open(path, flags, NULL, &c->store);
    if (status == COMPLAINT_OK) status = complaint_sqlite_set_busy_timeout(c->store, LOCK_SECONDS * 1000);
    return status == COMPLAINT_OK ? CLI_DONE : refuse_status(c, status, path);
}

static complaint_status fill_setup(cli *c, complaint_setup *setup, int32_t mode, bool create) {
    complaint_store store;
    complaint_clock clock = {.size = sizeof clock, .self = c, .now = clock_now};
    complaint_notifier notifier = outbox_notifier(c);
    complaint_status status = complaint_sqlite_table(c->store, &store);
    if (status == COMPLAINT_OK) status = complaint_setup_set_store(setup, &store);
    if (status == COMPLAINT_OK) status = complaint_setup_set_clock(setup, &clock);
    if (status == COMPLAINT_OK && c->opt.outbox) status = complaint_setup_set_notifier(setup, &notifier);
    if (status == COMPLAINT_OK) status = complaint_setup_set_policy(setup, c->policy);
    if (status == COMPLAINT_OK) status = complaint_setup_set_calendar(setup, c->calendar);
    if (status == COMPLAINT_OK) status = complaint_setup_set_mode(setup, mode);
    if (status == COMPLAINT_OK) status = complaint_setup_set_known_office(setup, !create);
    if (status == COMPLAINT_OK) status = complaint_desk_open(setup, &c->desk);
    if (status == COMPLAINT_OK) status = complaint_desk_set_progress(c->desk, ask_interrupt, c);
    return status;
}

static int open_desk(cli *c, int32_t mode, bool create) {
    complaint_setup *setup = NULL;
    complaint_status status = complaint_setup_new(NULL, &setup);
    if (status != COMPLAINT_OK) return refuse_status(c, status, "");
    status = fill_setup(c, setup, mode, create);
    const complaint_error *error = complaint_setup_error(setup);
    int answer = status == COMPLAINT_OK ? CLI_DONE : complaint_error_status(error) == status ? refuse(c, error) : refuse_status(c, status, host_db(c));
    complaint_setup_free(setup);
    return answer;
}

static int open_all(cli *c, int32_t mode, bool create) {
    if (c->opt.read_only) mode = COMPLAINT_READ, create = false;
    int answer = host_policy(c, c->opt.policy);
    if (answer == CLI_DONE) answer = host_calendar(c, complaint_policy_province(c->policy));
    if (answer == CLI_DONE) answer = open_actor(c);
    if (answer == CLI_DONE) answer = open_store(c, mode, create);
    return answer == CLI_DONE ? open_desk(c, mode, create) : answer;
}

int host_open(cli *c, int32_t mode) { return open_all(c, mode, false); }

int host_create(cli *c) { return open_all(c, COMPLAINT_WRITE, true); }

void host_close(cli *c) {
    complaint_page_free(c->lookup->page);
    complaint_page_free(c->lookup->referrals);
    complaint_desk_close(c->desk);
    complaint_sqlite_close(c->store);
    complaint_actor_free(c->actor);
    complaint_calendar_free(c->calendar);
    complaint_policy_free(c->policy);
}
