/*
 * store/sqlite/why: what a person can do about a file that cannot be opened, read or written.
 *
 * Owns: the sentences for those who look after the file, and what the operating system is asked for them. Must not know: connections.
 */
#include "sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the place, without opening anything ------------------------------------------------------------------------------------ */

static bool has_beside(const complaint_sqlite *s, const char *end) {
    struct stat st;
    char *path = sqlite3_mprintf("%s%s", s->path, end);
    bool has = !path || (stat(path, &st) == 0 && st.st_size > 0);
    sqlite3_free(path);
    return has;
}

bool cpl_sqlite_has_log(const complaint_sqlite *s) { return has_beside(s, "-wal") || has_beside(s, "-journal"); }

/* 0, or the errno that keeps this process from it. */
static int refusal(const char *path, int what) { return faccessat(AT_FDCWD, path, what, AT_EACCESS) == 0 ? 0 : errno; }

static int refusal_of_folder(const complaint_sqlite *s, int what) {
    const char *slash = strrchr(s->path, '/');
    char *folder = slash ? sqlite3_mprintf("%.*s", (int)(slash - s->path) + 1, s->path) : sqlite3_mprintf(".");
    int number = folder ? refusal(folder, what) : ENOMEM;
    sqlite3_free(folder);
    return number;
}

/* ---- sentences ---------------------------------------------------------------------------------------------------------------- */

static cpl_sqlwhy why_absent(const complaint_sqlite *s, int number) {
    if (number == EACCES) return (cpl_sqlwhy){"ไม่มีสิทธิเข้าถึงโฟลเดอร์ของฐานข้อมูล โปรดให้ผู้ดูแลระบบให้สิทธิแก่ผู้ใช้นี้", "permission denied in a folder above the file"};
    if (number != ENOENT && number != ENOTDIR) return (cpl_sqlwhy){NULL, NULL};
    if (refusal_of_folder(s, F_OK) != 0) return (cpl_sqlwhy){"ไม่พบโฟลเดอร์ของฐานข้อมูล โปรดตรวจชื่อ หรือสร้างโฟลเดอร์ก่อน", "the folder it is to be in is not there"};
    if (refusal_of_folder(s, W_OK | X_OK) == EROFS)
        return (cpl_sqlwhy){"สร้างฐานข้อมูลในโฟลเดอร์นี้ไม่ได้ เพราะสื่อบันทึกเป็นแบบอ่านอย่างเดียว", "the file is not there, and its folder is on a read-only file system"};
    if (refusal_of_folder(s, W_OK | X_OK) != 0)
        return (cpl_sqlwhy){"ยังไม่มีไฟล์ฐานข้อมูล และผู้ใช้นี้ไม่มีสิทธิเขียนในโฟลเดอร์ โปรดให้ผู้ดูแลระบบให้สิทธิเขียนโฟลเดอร์",
                            "the file is not there, and this user may not write to its folder (permission denied)"};
    return (cpl_sqlwhy){"ไม่พบไฟล์ฐานข้อมูล โปรดตรวจชื่อ หรือนำไฟล์กลับมาที่เดิมแล้วสั่งใหม่", "the file is not there"};
}

static const cpl_sqlwhy no_file = {"ชื่อนี้เป็นโฟลเดอร์ ไม่ใช่ไฟล์ฐานข้อมูล โปรดตรวจชื่อ", "this is a folder, not a database"};

static bool is_folder(const complaint_sqlite *s) {
    struct stat st;
    return stat(s->path, &st) == 0 && S_ISDIR(st.st_mode);
}

cpl_sqlwhy cpl_sqlite_why_not_open(const complaint_sqlite *s) {
    struct stat st;
    if (stat(s->path, &st) != 0) return why_absent(s, errno);
    if (S_ISDIR(st.st_mode)) return no_file;
    if (refusal(s->path, R_OK) != 0) return (cpl_sqlwhy){"ผู้ใช้นี้ไม่มีสิทธิอ่านไฟล์ฐานข้อมูล โปรดให้ผู้ดูแลระบบให้สิทธิ", "this user may not read the file (permission denied)"};
    if (cpl_sqlite_has_log(s) && refusal_of_folder(s, W_OK | X_OK) != 0)
        return (cpl_sqlwhy){"มีไฟล์ -wal รออ่านอยู่ข้างฐานข้อมูล แต่โฟลเดอร์นี้เขียนไม่ได้ โปรดคัดลอกทั้งสองไฟล์ไปไว้ในโฟลเดอร์ที่เขียนได้",
                            "a log (-wal) lies beside it where nothing can be written; copy both to a folder that can be written"};
    if (cpl_sqlite_has_log(s))
        return (cpl_sqlwhy){"อ่านไฟล์ -wal หรือ -shm ที่อยู่ข้างฐานข้อมูลไม่ได้ โปรดตรวจสิทธิของไฟล์ทั้งสอง",
                            "it has to be read with the log beside it (-wal, -shm); look at the permissions of these"};
    return (cpl_sqlwhy){NULL, NULL};
}

cpl_sqlwhy cpl_sqlite_why_not_written(const complaint_sqlite *s) {
    if (s->flags & COMPLAINT_SQLITE_READ_ONLY) return (cpl_sqlwhy){"เปิดฐานข้อมูลแบบอ่านอย่างเดียว จึงบันทึกไม่ได้", "opened for reading only"};
    int file = refusal(s->path, W_OK), folder = refusal_of_folder(s, W_OK | X_OK);
    if (file == EROFS || folder == EROFS) return (cpl_sqlwhy){"ฐานข้อมูลอยู่ในสื่อบันทึกแบบอ่านอย่างเดียว จึงบันทึกไม่ได้", "the file cannot be written: it is on a read-only file system"};
    if (file != 0) return (cpl_sqlwhy){"ผู้ใช้นี้ไม่มีสิทธิเขียนไฟล์ฐานข้อมูล จึงบันทึกไม่ได้ โปรดให้ผู้ดูแลระบบให้สิทธิเขียนไฟล์", "the file cannot be written: this user has no permission to"};
    if (folder != 0)
        return (cpl_sqlwhy){"ผู้ใช้นี้ไม่มีสิทธิเขียนในโฟลเดอร์ของฐานข้อมูล ซึ่งต้องสร้างไฟล์ -wal และ -shm จึงบันทึกไม่ได้ โปรดให้ผู้ดูแลระบบให้สิทธิเขียนโฟลเดอร์",
                            "the folder cannot be written, where -wal and -shm have to lie beside the file: this user has no permission to"};
    return (cpl_sqlwhy){"เขียนไฟล์ฐานข้อมูลไม่ได้ โปรดให้ผู้ดูแลระบบตรวจสิทธิของไฟล์และโฟลเดอร์", "the file cannot be written"};
}

cpl_sqlwhy cpl_sqlite_why(const complaint_sqlite *s, int code) {
    switch (code & 0xff) {
    case SQLITE_CANTOPEN:
        return cpl_sqlite_why_not_open(s);
    case SQLITE_READONLY:
        return cpl_sqlite_why_not_written(s);
    case SQLITE_FULL:
        return (cpl_sqlwhy){"พื้นที่ของดิสก์ที่เก็บฐานข้อมูลเต็ม รายการนี้ยังไม่ได้บันทึก โปรดเพิ่มพื้นที่ว่างแล้วสั่งใหม่", NULL};
    case SQLITE_CORRUPT:
        if (has_beside(s, "-wal"))
            return (cpl_sqlwhy){"ไฟล์ฐานข้อมูลเสียหาย หรือไฟล์ -wal ที่อยู่ข้าง ๆ ไม่ใช่ของไฟล์นี้ (เช่น เพิ่งกู้จากไฟล์สำรองโดยไม่ได้ย้าย -wal และ -shm เดิมออก) โปรดหยุดใช้งาน เก็บไฟล์ทั้งหมดไว้ แล้วกู้จากไฟล์สำรอง",
                                "the file is damaged, or the log (-wal) beside it is not its own (a backup was put in its place); keep both, look with sqlite3 FILE 'PRAGMA integrity_check', go on with the backup and without the log"};
        return (cpl_sqlwhy){"ไฟล์ฐานข้อมูลเสียหาย โปรดหยุดใช้งาน เก็บไฟล์นี้พร้อม -wal ไว้ ให้ผู้ดูแลระบบตรวจด้วย sqlite3 ไฟล์ 'PRAGMA integrity_check' แล้วกู้จากไฟล์สำรอง",
                            "the file is damaged; keep it, look with sqlite3 FILE 'PRAGMA integrity_check', go on with the backup"};
    case SQLITE_IOERR:
        if (is_folder(s)) return no_file;
        return (cpl_sqlwhy){"อ่านหรือเขียนดิสก์ที่เก็บฐานข้อมูลไม่สำเร็จ โปรดให้ผู้ดูแลระบบตรวจดิสก์ และตรวจว่ารายการนี้บันทึกแล้วหรือยังก่อนสั่งใหม่", NULL};
    default:
        return (cpl_sqlwhy){NULL, NULL};
    }
}
