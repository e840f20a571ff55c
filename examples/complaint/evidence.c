/*
 * Files that come with a message or an action: kept by the desk before anything names them, then named by the draft.
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- the words of the command ---- */

static const char *value_of(const char *word, const char *name) {
    size_t size = strlen(name);
    return strncmp(word, name, size) == 0 && (word[size] == '=' || word[size] == '\0') ? word + size : NULL;
}

int take_evidence(const cli *c, int argc, char **argv, evidence_files *files) {
    int left = 0;
    bool ended = false; /* by `--` */
    for (int at = 0; at < argc; at++) {
        const char *value = ended ? NULL : value_of(argv[at], "--evidence");
        ended = ended || strcmp(argv[at], "--") == 0;
        if (!value) {
            argv[left++] = argv[at];
            continue;
        }
        if (*value == '\0' && at + 1 == argc) return misuse(c, "ตัวเลือกนี้ต้องมีค่า", "this option needs a value", "--evidence"), -1;
        if (files->count == EVIDENCE_MAX) return misuse(c, "แนบหลักฐานได้ไม่เกิน 64 ไฟล์", "at most 64 files go with one action", argv[at]), -1;
        files->paths[files->count++] = *value ? value + 1 : argv[++at];
    }
    return left;
}

/* ---- the files ---- */

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *media_type_of(const char *name) {
    static const char *const types[][2] = {{".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"}, {".png", "image/png"}, {".gif", "image/gif"}, {".webp", "image/webp"}, {".heic", "image/heic"},
                                           {".pdf", "application/pdf"}, {".txt", "text/plain"}, {".mp4", "video/mp4"}, {".mp3", "audio/mpeg"}, {".m4a", "audio/mp4"}};
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending && i < sizeof types / sizeof *types; i++)
        if (strcmp(ending, types[i][0]) == 0) return types[i][1];
    return "application/octet-stream";
}

static complaint_status COMPLAINT_CALL read_file(void *context, void *bytes, size_t capacity, size_t *got) {
    FILE *file = context;
    *got = fread(bytes, 1, capacity, file);
    return ferror(file) ? COMPLAINT_E_HOST : COMPLAINT_OK;
}

static int add_file(const cli *c, const char *path, complaint_draft *draft) {
    complaint_evidence *kept = NULL;
    const char *name = name_of(path);
    FILE *file = fopen(path, "rb");
    if (!file) return refuse_file(c, path, "เปิดไฟล์หลักฐานไม่ได้", "the file of evidence cannot be opened", errno);
    complaint_status status = complaint_desk_keep_evidence(c->desk, c->actor, read_file, file, &kept);
    bool unread = ferror(file) != 0;
    (void)fclose(file);
    if (unread) return refuse_file(c, path, "อ่านไฟล์หลักฐานไม่ได้", "the file of evidence cannot be read", 0);
    int answer = desk_answer(c, status);
    if (answer == CLI_DONE) {
        status = complaint_draft_add_evidence(draft, kept, name, media_type_of(name));
        if (status != COMPLAINT_OK) answer = refuse_status(c, status, path);
    }
    complaint_evidence_free(kept);
    return answer;
}

int add_evidence_files(const cli *c, const evidence_files *files, complaint_draft *draft) {
    int answer = CLI_DONE;
    for (size_t i = 0; answer == CLI_DONE && i < files->count; i++) answer = add_file(c, files->paths[i], draft);
    return answer;
}
