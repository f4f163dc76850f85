/* A plugin of qemu-aarch64 that counts how often every instruction of a program ran: -plugin count.so,out=FILE -d
 * plugin.
 *
 * FILE gets a line "address opcode times" in hexadecimal, hexadecimal and decimal for each instruction of each
 * translated block; a block that was translated anew, or overlaps another, has lines of its own, so whoever reads adds
 * them up. Counts are exact for programs whose work is on one thread. A block is counted when it is entered, which
 * costs nothing that could be seen.
 *
 * No package ships the header of these plugins: what version 1 of the interface promises is declared here. */
#include <inttypes.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The interface, version 1 ---- */

typedef uint64_t plugin_id;
typedef struct qemu_info_t qemu_info_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum plugin_operation { PLUGIN_ADD_U64 };

extern void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id,
                                                  void (*callback)(plugin_id id, struct qemu_plugin_tb *block));
extern void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *block, enum plugin_operation operation,
                                                     void *counter, uint64_t amount);
extern void qemu_plugin_register_atexit_cb(plugin_id id, void (*callback)(plugin_id id, void *user), void *user);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *instruction);
extern const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *instruction);

__attribute__((visibility("default"))) int qemu_plugin_version = 1;
__attribute__((visibility("default"))) int qemu_plugin_install(plugin_id id, const qemu_info_t *info, int argc,
                                                               char **argv);

/* ---- Counting ---- */

typedef struct block {
  struct block *next;
  uint64_t runs, address;
  size_t count;
  uint32_t opcodes[];
} block;

static struct {
  pthread_mutex_t lock; /* of blocks */
  block *blocks;
  const char *path;
} counts = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* A block's instructions follow each other without a gap: four bytes each. */
static void translated(plugin_id id, struct qemu_plugin_tb *tb) {
  size_t count = qemu_plugin_tb_n_insns(tb);
  block *made = malloc(sizeof *made + count * sizeof made->opcodes[0]);
  (void)id;
  if (!made) abort(); /* a count that misses something is worse than none */
  *made = (block){.address = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, 0)), .count = count};
  for (size_t i = 0; i < count; ++i)
    memcpy(&made->opcodes[i], qemu_plugin_insn_data(qemu_plugin_tb_get_insn(tb, i)), 4);
  pthread_mutex_lock(&counts.lock);
  made->next = counts.blocks;
  counts.blocks = made;
  pthread_mutex_unlock(&counts.lock);
  qemu_plugin_register_vcpu_tb_exec_inline(tb, PLUGIN_ADD_U64, &made->runs, 1);
}

static void finished(plugin_id id, void *user) {
  FILE *file = fopen(counts.path, "w");
  (void)id, (void)user;
  if (!file) abort();
  for (const block *at = counts.blocks; at; at = at->next)
    for (size_t i = 0; at->runs && i < at->count; ++i)
      fprintf(file, "%" PRIx64 " %08" PRIx32 " %" PRIu64 "\n", at->address + 4 * i, at->opcodes[i], at->runs);
  fclose(file);
}

int qemu_plugin_install(plugin_id id, const qemu_info_t *info, int argc, char **argv) {
  (void)info;
  if (argc != 1 || strncmp(argv[0], "out=", 4) != 0) return -1;
  counts.path = strdup(argv[0] + 4);
  if (!counts.path) return -1;
  qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
  qemu_plugin_register_atexit_cb(id, finished, NULL);
  return 0;
}
