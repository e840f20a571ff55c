#include "cli.h"
int run_today(cli *c, int argc, char **argv) { (void)argc; (void)argv; return misuse(c, "x", "x", NULL); }
