/*
 * The notifier: where a real host would call Facebook, LINE or a mail server, this one appends one line of JSON to a file. A notice may be handed over
 * more than once under the same intent; whoever reads the file takes the first.
 */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void write_notice(const cli *c, const complaint_notice *notice, buffer *line) {
    add_text(line, "{");
    json_text(line, "intent", complaint_notice_intent(notice));
    json_text(line, "to", complaint_notice_recipient(notice));
    json_text(line, "channel", complaint_notice_channel(notice));
    json_text(line, "address", complaint_notice_address(notice));
    json_text(line, "template", complaint_notice_template(notice));
    json_integer(line, "urgent", complaint_notice_urgent(notice));
    json_text(line, "body", complaint_notice_body(notice));
    json_member(line, "at");
    add_text(line, "\"");
    add_instant(line, host_now(c), COMPLAINT_DATE_ISO);
    add_text(line, "\"}\n");
}

/* All of the line or nothing of it: what was written before the disk was full is taken back. */
static bool append(int file, const buffer *line, bool durable) {
    off_t before = lseek(file, 0, SEEK_END);
    ssize_t written = write(file, line->data, line->size);
    if (written == (ssize_t)line->size && (!durable || fsync(file) == 0)) return true;
    int number = written >= 0 && written < (ssize_t)line->size ? ENOSPC : errno;
    if (before >= 0 && ftruncate(file, before) != 0) number = errno;
    errno = number;
    return false;
}

static complaint_status fail(complaint_host_error *error, int number) {
    const char *text = strerror(number);
    complaint_host_error_set(error, number, text, strlen(text));
    return COMPLAINT_E_HOST;
}

static complaint_status send(void *self, const complaint_notice *notice, int32_t *answer, int64_t *retry_at, complaint_host_error *error) {
    const cli *c = self;
    (void)retry_at;
    int file = open(c->opt.outbox, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return fail(error, errno);
    buffer line = {0};
    write_notice(c, notice, &line);
    bool done = append(file, &line, !c->opt.sync || strcmp(c->opt.sync, "full") == 0);
    int number = errno;
    release(&line);
    close(file);
    if (!done) return fail(error, number);
    *answer = COMPLAINT_DELIVERED;
    return COMPLAINT_OK;
}

complaint_notifier outbox_notifier(cli *c) { return (complaint_notifier){.size = sizeof(complaint_notifier), .self = c, .send = send}; }
