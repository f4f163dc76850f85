/* Command lines of the tools: a table of rows, from which parsing and --help derive.
 *
 * "-x" and "--x" are the same; a value follows after "=" or as the next argument. A row whose name
 * starts with "mlir-" is also known as "coco-…". --help and --version exist in every tool. */
#ifndef COCO_TOOLS_COMMON_OPTIONS_H
#define COCO_TOOLS_COMMON_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ir/base/text.h"

typedef enum coco_tool_option_kind {
  COCO_TOOL_FLAG,       /* bool *: --x, --x=true, --x=0 */
  COCO_TOOL_INTEGER,    /* int64_t * */
  COCO_TOOL_COUNT,      /* int64_t *: 0 or more */
  COCO_TOOL_TEXT,       /* const char **, borrowed from argv; the last one given counts */
  COCO_TOOL_TEXTS,      /* coco_tool_texts *: may be given several times */
  COCO_TOOL_MAYBE_TEXT, /* const char **: --x is "", --x=text; never the next argument */
  COCO_TOOL_MAYBE_TEXTS, /* coco_tool_texts *: the same, and may be given several times */
  COCO_TOOL_CHOICE,     /* int64_t *: the position among the words of `argument`, "list|tree" */
  COCO_TOOL_HEADING     /* no option: `help` is a heading in --help */
} coco_tool_option_kind;

/* Pointers into argv, in order. Room for as many as a command line of a tool sensibly has. */
enum { COCO_TOOL_MAXIMUM_TEXTS = 64 };
typedef struct coco_tool_texts {
  const char *items[COCO_TOOL_MAXIMUM_TEXTS];
  size_t count;
} coco_tool_texts;

typedef struct coco_tool_option {
  const char *name; /* "target"; the first of "o|output" is the main spelling */
  coco_tool_option_kind kind;
  const char *argument; /* "FILE": what stands for the value in --help; NULL for flags; of a choice its words */
  const char *help;
  void *value;
} coco_tool_option;

typedef struct coco_tool_usage {
  const char *name;    /* "coco-opt" */
  const char *summary; /* one or more sentences */
  const char *usage;   /* "[options] [FILE]" */
  const coco_tool_option *options;
  size_t option_count;
  coco_tool_texts *inputs; /* positional arguments; "-" is one. NULL: none are taken */
  size_t maximum_inputs;
  /* Options that no row has: VALUE is NULL when none was given after "=". False: unknown. May be NULL. */
  bool (*other)(void *user, const char *name, const char *value);
  /* More suggestions for misspelt names: item INDEX or NULL at the end. May be NULL. */
  const char *(*other_name)(void *user, size_t index);
  void (*other_help)(void *user); /* prints more of --help; may be NULL */
  void *user;
} coco_tool_usage;

typedef enum coco_tool_parsed {
  COCO_TOOL_GO_ON,
  COCO_TOOL_DONE /* exit 0 */,
  COCO_TOOL_MISUSED /* exit 1 */
} coco_tool_parsed;

/* The next of the names or words in *NAMES, "o|output"; false at the end. */
bool coco_tool_next_name(const char **names, coco_string *out);
/* Whether all that was printed got out; says on standard error, for the tool NAME, when it did not. */
bool coco_tool_flush(const char *name);
/* Prints --help (also --help=man and so on, see option_pages.h) and --version to stdout, mistakes to stderr. */
coco_tool_parsed coco_tool_parse_options(const coco_tool_usage *usage, int argc, char **argv);

#endif
