/*
 * Receives what LINE or Messenger sends, behind any web server that speaks CGI (Apache, nginx with fcgiwrap, lighttpd, busybox httpd). The server hands the body over on
 * standard input and the signature's header in the environment.
 *
 *   COMPLAINT_DB      the database (complaint.db), as `complaint init` has made it
 *   COMPLAINT_POLICY  the built-in policy of the office in it (moph-chiangrai-2569)
 *   LINE_SECRET       the channel secret; or
 *   MESSENGER_SECRET  the app secret; and
 *   MESSENGER_VERIFY  the word that Messenger asks for once, when the address is entered; without one nobody is answered yes
 *
 * 200: taken, or taken before. 401: not from whom it says. 500: send it again; why is in the server's log. So is what was left out of a body, or taken mended: the service does not send it again. Build: cc webhook.c $(pkg-config --cflags --libs complaint)
 */
#include <complaint.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST = 4 << 20 }; /* bytes of a body; both services stay far below */

static complaint_status now(void *self, int64_t *instant, complaint_host_error *error) {
    struct timespec t;
    (void)self, (void)error;
    if (timespec_get(&t, TIME_UTC) != TIME_UTC) return COMPLAINT_E_HOST;
    *instant = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
    return COMPLAINT_OK;
}

static int answer(int status, const char *text) {
    printf("Status: %d\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\n", status, text);
    return 0;
}

/* The value of a name in `a=1&b=2`; the words that Messenger sends need no decoding. */
static const char *asked(const char *query, const char *name, char *out, size_t capacity) {
    const char *at = query ? strstr(query, name) : NULL;
    size_t size = at ? strcspn(at + strlen(name), "&") : 0;
    if (size >= capacity) size = 0;
    if (at) memcpy(out, at + strlen(name), size);
    out[size] = '\0';
    return out;
}

/* Messenger asks once whether the address is ours. */
static int verify(void) {
    char token[256], challenge[256];
    const char *query = getenv("QUERY_STRING"), *word = getenv("MESSENGER_VERIFY");
    if (!word || !*word || strcmp(asked(query, "hub.verify_token=", token, sizeof token), word) != 0) return answer(403, "no");
    asked(query, "hub.challenge=", challenge, sizeof challenge);
    return strspn(challenge, "0123456789") == strlen(challenge) ? answer(200, challenge) : answer(403, "no");
}

/* The service hears only that it may send again; what has to be mended is said in the server's log. An error tells more than its status, where there is one. */
static complaint_status log_fault(complaint_status s, const char *what, const complaint_error *error) {
    bool told = complaint_error_status(error) == s;
    if (s != COMPLAINT_OK)
        (void)fprintf(stderr, "%s: %s %s%s%s\n", what, complaint_status_name(s), told ? complaint_error_text(error, COMPLAINT_ENGLISH) : complaint_status_text(s, COMPLAINT_ENGLISH),
                      told && *complaint_error_host_text(error) ? ": " : "", told ? complaint_error_host_text(error) : "");
    return s;
}

static complaint_status read_procedure(const char *name, complaint_policy **policy, complaint_calendar **calendar) {
    complaint_error *why = NULL;
    complaint_status s = complaint_policy_builtin(NULL, name, policy, &why);
    if (s == COMPLAINT_OK) s = complaint_calendar_builtin(NULL, complaint_policy_province(*policy), calendar, &why);
    (void)log_fault(s, name, why);
    complaint_error_free(why);
    return s;
}

/* The office has to be there already: with the wrong policy its messages would lie in another, which nobody looks at. */
static complaint_status fill(complaint_setup *setup, const complaint_store *store, complaint_policy *policy, complaint_calendar *calendar) {
    complaint_clock clock = {.size = sizeof clock, .now = now};
    complaint_status s = complaint_setup_set_store(setup, store);
    if (s == COMPLAINT_OK) s = complaint_setup_set_clock(setup, &clock);
    if (s == COMPLAINT_OK) s = complaint_setup_set_policy(setup, policy);
    if (s == COMPLAINT_OK) s = complaint_setup_set_calendar(setup, calendar);
    if (s == COMPLAINT_OK) s = complaint_setup_set_known_office(setup, 1);
    return s;
}

static complaint_status open_desk(const char *path, const char *name, complaint_sqlite **file, complaint_desk **desk) {
    complaint_policy *policy = NULL;
    complaint_calendar *calendar = NULL;
    complaint_setup *setup = NULL;
    complaint_store store;
    complaint_status s = read_procedure(name, &policy, &calendar);
    if (s == COMPLAINT_OK) {
        s = complaint_sqlite_open(path, 0, NULL, file);
        if (s == COMPLAINT_OK) s = complaint_sqlite_table(*file, &store);
        if (s == COMPLAINT_OK) s = complaint_setup_new(NULL, &setup);
        if (s == COMPLAINT_OK) s = fill(setup, &store, policy, calendar);
        if (s == COMPLAINT_OK) s = complaint_desk_open(setup, desk);
        (void)log_fault(s, path, complaint_setup_error(setup));
    }
    complaint_setup_free(setup); /* the error was in it */
    complaint_calendar_free(calendar);
    complaint_policy_free(policy);
    return s;
}

static complaint_status make_actor(complaint_actor **who) {
    complaint_status s = complaint_actor_new(NULL, "webhook", who);
    if (s == COMPLAINT_OK) s = complaint_actor_add_role(*who, "system");
    return log_fault(s, "webhook", NULL);
}

/* Somebody has to hear of it; the words of the message are not in it. */
static void log_events(const complaint_page *events) {
    for (int64_t i = 0; i < complaint_page_count(events); i++)
        if (complaint_page_integer_of(events, i, "status") != COMPLAINT_OK)
            (void)fprintf(stderr, "%s: message %s at %s: %s\n", complaint_page_integer_of(events, i, "taken") ? "taken, mended" : "left out", complaint_page_text_of(events, i, "id"),
                          complaint_page_text_of(events, i, "path"), complaint_page_text_of(events, i, "english"));
}

static int take(const char *body, size_t size) {
    const char *line = getenv("LINE_SECRET"), *page = getenv("MESSENGER_SECRET"), *signature = getenv(line ? "HTTP_X_LINE_SIGNATURE" : "HTTP_X_HUB_SIGNATURE_256");
    const char *path = getenv("COMPLAINT_DB"), *name = getenv("COMPLAINT_POLICY");
    complaint_sqlite *file = NULL;
    complaint_desk *desk = NULL;
    complaint_actor *who = NULL;
    complaint_page *events = NULL;
    if (!line && !page) return answer(500, "LINE_SECRET or MESSENGER_SECRET has to be set");
    if (!signature) return answer(401, "no signature");
    complaint_status s = open_desk(path ? path : "complaint.db", name ? name : "moph-chiangrai-2569", &file, &desk);
    if (s == COMPLAINT_OK) s = make_actor(&who);
    if (s == COMPLAINT_OK) {
        s = complaint_import_webhook(desk, who, line ? COMPLAINT_WEBHOOK_LINE : COMPLAINT_WEBHOOK_MESSENGER, line ? "line" : "facebook", body, size, signature, line ? line : page, NULL, &events, NULL);
        (void)log_fault(s, line ? "line" : "messenger", complaint_desk_error(desk));
    }
    log_events(events);
    complaint_page_free(events);
    complaint_desk_close(desk);
    complaint_actor_free(who);
    complaint_sqlite_close(file);
    return s == COMPLAINT_OK ? answer(200, "ok") : s == COMPLAINT_E_SIGNATURE ? answer(401, "not signed") : answer(500, "again");
}

int main(void) {
    const char *method = getenv("REQUEST_METHOD"), *length = getenv("CONTENT_LENGTH");
    unsigned long size = length ? strtoul(length, NULL, 10) : 0;
    if (method && strcmp(method, "GET") == 0) return verify();
    if (!method || strcmp(method, "POST") != 0) return answer(405, "POST");
    if (size > MOST) return answer(413, "too large");
    char *body = malloc(size + 1);
    if (!body) return answer(500, "again");
    int done = fread(body, 1, size, stdin) == size ? take(body, size) : answer(400, "cut off");
    free(body);
    return done;
}
