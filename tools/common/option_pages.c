/* Manual pages and completions: see option_pages.h. All of it is what --help says, in other languages. */
#include "tools/common/option_pages.h"

#include <stdio.h>
#include <string.h>

#include "ir/base/text.h"

static bool takes_value(const coco_tool_option *option) {
  return option->kind != COCO_TOOL_FLAG && option->kind != COCO_TOOL_HEADING;
}
static bool may_lack_value(const coco_tool_option *option) {
  return option->kind == COCO_TOOL_MAYBE_TEXT || option->kind == COCO_TOOL_MAYBE_TEXTS;
}

/* Calls FUNCTION with each name of each option, the mlir- ones by their coco- name, too, and with those that no row
 * has. */
typedef void (*name_function)(const coco_tool_usage *usage, const coco_tool_option *option, const char *name);
static void each_name(const coco_tool_usage *usage, name_function function) {
  char text[128];
  coco_string name;
  for (size_t i = 0; i < usage->option_count; ++i) {
    const coco_tool_option *option = &usage->options[i];
    if (option->kind == COCO_TOOL_HEADING) continue;
    for (const char *names = option->name; coco_tool_next_name(&names, &name);) {
      snprintf(text, sizeof text, "%.*s", COCO_PRINT(name));
      function(usage, option, text);
      if (strncmp(text, "mlir-", 5) != 0) continue;
      memcpy(text, "coco-", 5);
      function(usage, option, text);
    }
  }
  static const coco_tool_option help = {"help", COCO_TOOL_FLAG, NULL, "This text.", NULL};
  static const coco_tool_option version = {"version", COCO_TOOL_FLAG, NULL, "The version.", NULL};
  function(usage, &help, help.name);
  function(usage, &version, version.name);
  const char *other;
  for (size_t i = 0; usage->other_name && (other = usage->other_name(usage->user, i)) != NULL; ++i) {
    const coco_tool_option pass = {other, COCO_TOOL_MAYBE_TEXT, "OPTIONS", "A pass or a pipeline.", NULL};
    function(usage, &pass, other);
  }
}

/* A shell function's name: - becomes _. */
static void print_identifier(const char *name) {
  for (; *name; ++name) putchar(*name == '-' ? '_' : *name);
}

static void print_dashes(const char *name) { printf("%s%s", name[1] ? "--" : "-", name); }

/* The words of a choice, "list|tree", with blanks between. */
static void print_words(const char *words) {
  for (; *words; ++words) putchar(*words == '|' ? ' ' : *words);
}

/* ---- A manual page ---- */

static void print_roff(const char *text) {
  bool at_start = true;
  for (; *text; ++text) {
    if (at_start && (*text == '.' || *text == '\'')) fputs("\\&", stdout);
    at_start = *text == '\n';
    if (*text == '-') fputs("\\-", stdout);
    else if (*text == '\\') fputs("\\e", stdout);
    else putchar(*text);
  }
}

static void print_man_option(const coco_tool_option *option) {
  if (option->kind == COCO_TOOL_HEADING) {
    fputs(".SS ", stdout);
    print_roff(option->help);
    putchar('\n');
    return;
  }
  fputs(".TP\n", stdout);
  coco_string name;
  char text[128];
  bool is_first = true;
  for (const char *names = option->name; coco_tool_next_name(&names, &name); is_first = false) {
    snprintf(text, sizeof text, "%s%.*s", name.size == 1 ? "-" : "--", COCO_PRINT(name));
    fputs(is_first ? "\\fB" : ", \\fB", stdout);
    print_roff(text);
    fputs("\\fR", stdout);
  }
  if (option->argument) {
    fputs(may_lack_value(option) ? "[=\\fI" : "=\\fI", stdout);
    print_roff(option->argument);
    fputs(may_lack_value(option) ? "\\fR]" : "\\fR", stdout);
  }
  putchar('\n');
  print_roff(option->help);
  putchar('\n');
}

/* Up to the colon, the parenthesis or the full stop that ends it: a dot within a word, as of ".onnx", does not. */
static size_t first_clause(const char *text) {
  size_t size = strcspn(text, ":.\n");
  while (text[size] == '.' && text[size + 1] && !strchr(" \n", text[size + 1])) size += 1 + strcspn(text + size + 1, ":.\n");
  const char *parenthesis = memchr(text, '(', size);
  if (parenthesis) size = (size_t)(parenthesis - text);
  while (size && strchr(" ,", text[size - 1])) --size;
  return size;
}

static void print_man(const coco_tool_usage *usage) {
  printf(".TH ");
  for (const char *c = usage->name; *c; ++c) putchar(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
  printf(" 1 \"\" \"CoCo " COCO_VERSION "\" \"CoCo\"\n.SH NAME\n");
  print_roff(usage->name);
  fputs(" \\- ", stdout);
  char summary[256];
  snprintf(summary, sizeof summary, "%.*s", (int)first_clause(usage->summary), usage->summary);
  print_roff(summary);
  printf("\n.SH SYNOPSIS\n.B ");
  print_roff(usage->name);
  putchar('\n');
  print_roff(usage->usage);
  printf("\n.SH DESCRIPTION\n");
  print_roff(usage->summary);
  printf("\n.SH OPTIONS\n");
  for (size_t i = 0; i < usage->option_count; ++i) print_man_option(&usage->options[i]);
  const char *other;
  for (size_t i = 0; usage->other_name && (other = usage->other_name(usage->user, i)) != NULL; ++i) {
    if (i == 0) printf(".SH PASSES\nEach is an option, too, with the pass's options behind \"=\":\n");
    printf("%s\\fB", i ? ",\n" : "");
    print_roff(other);
    fputs("\\fR", stdout);
  }
  putchar('\n');
}

/* ---- bash ---- */

static void print_bash_name(const coco_tool_usage *usage, const coco_tool_option *option, const char *name) {
  (void)usage;
  putchar(' ');
  print_dashes(name);
  if (takes_value(option) && !may_lack_value(option) && name[1]) putchar('=');
}

static void print_bash_choice(const coco_tool_usage *usage, const coco_tool_option *option, const char *name) {
  (void)usage;
  if (option->kind != COCO_TOOL_CHOICE) return;
  fputs("    ", stdout);
  print_dashes(name);
  fputs(") words='", stdout);
  print_words(option->argument);
  fputs("' ;;\n", stdout);
}

static void print_bash(const coco_tool_usage *usage) {
  putchar('_');
  print_identifier(usage->name);
  fputs("() {\n  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words='' options='",
        stdout);
  each_name(usage, print_bash_name);
  fputs("'\n  if [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
        "  if [[ $current == = ]]; then current=''; fi\n  case $previous in\n", stdout);
  each_name(usage, print_bash_choice);
  fputs("    *) ;;\n  esac\n"
        "  if [[ -n $words ]]; then COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
        "  elif [[ $current == -* ]]; then COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
        "  else COMPREPLY=($(compgen -f -- \"$current\")); fi\n"
        "  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi\n}\n"
        "complete -o filenames -F _", stdout);
  print_identifier(usage->name);
  printf(" %s\n", usage->name);
}

/* ---- zsh ---- */

/* Inside '…[…]': quotes, brackets and colons are special. */
static void print_zsh_text(const char *text) {
  for (; *text; ++text) {
    if (*text == '\'') fputs("'\\''", stdout);
    else if (*text == '[' || *text == ']' || *text == ':' || *text == '\\') printf("\\%c", *text);
    else putchar(*text == '\n' ? ' ' : *text);
  }
}

static void print_zsh_option(const coco_tool_usage *usage, const coco_tool_option *option, const char *name) {
  (void)usage;
  fputs("  '", stdout);
  if (option->kind == COCO_TOOL_TEXTS || option->kind == COCO_TOOL_MAYBE_TEXTS) putchar('*');
  print_dashes(name);
  if (takes_value(option)) fputs(may_lack_value(option) ? "=-" : "=", stdout);
  putchar('[');
  print_zsh_text(option->help);
  putchar(']');
  if (takes_value(option)) {
    fputs(may_lack_value(option) ? "::" : ":", stdout);
    print_zsh_text(option->argument ? option->argument : "value");
    putchar(':');
    if (option->kind == COCO_TOOL_CHOICE) {
      putchar('(');
      print_words(option->argument);
      putchar(')');
    } else {
      fputs("_files", stdout);
    }
  }
  fputs("' \\\n", stdout);
}

static void print_zsh(const coco_tool_usage *usage) {
  printf("#compdef %s\n_arguments \\\n", usage->name);
  each_name(usage, print_zsh_option);
  fputs("  '*:file:_files'\n", stdout);
}

/* ---- fish ---- */

static void print_fish_text(const char *text) {
  putchar('\'');
  for (; *text; ++text) {
    if (*text == '\'' || *text == '\\') putchar('\\');
    putchar(*text == '\n' ? ' ' : *text);
  }
  putchar('\'');
}

static void print_fish_option(const coco_tool_usage *usage, const coco_tool_option *option, const char *name) {
  printf("complete -c %s -%c %s -d ", usage->name, name[1] ? 'l' : 's', name);
  print_fish_text(option->help);
  if (option->kind == COCO_TOOL_CHOICE) {
    fputs(" -x -a '", stdout);
    print_words(option->argument);
    putchar('\'');
  } else if (takes_value(option) && !may_lack_value(option)) {
    fputs(" -r", stdout);
  }
  putchar('\n');
}

bool coco_tool_print_page(const coco_tool_usage *usage, const char *kind) {
  if (strcmp(kind, "man") == 0) print_man(usage);
  else if (strcmp(kind, "bash") == 0) print_bash(usage);
  else if (strcmp(kind, "zsh") == 0) print_zsh(usage);
  else if (strcmp(kind, "fish") == 0) each_name(usage, print_fish_option);
  else return false;
  return true;
}
