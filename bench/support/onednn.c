/* One convolution of oneDNN with bias and ReLU, every tensor in the layout that the primitive asks for: what a layer
 * costs inside a network whose layouts are chosen, with no reorder in what is timed. The algorithm is forced.
 *
 * Built by prepare.py when libdnnl-dev is there, loaded through ctypes. Threads are OpenMP's: OMP_NUM_THREADS must be
 * set before the library is loaded. Functions return 0, or dnnl_status_t of what went wrong. */
#include <dnnl.h>
#include <stdint.h>
#include <stdlib.h>

enum { SOURCE, WEIGHTS, BIAS, DESTINATION, TENSORS };

struct coco_bench_shape {
  int64_t input_channels, output_channels, size, kernel, stride, padding, groups;
};

typedef struct convolution {
  dnnl_engine_t engine;
  dnnl_stream_t stream;
  dnnl_primitive_desc_t description;
  dnnl_primitive_t primitive;
  dnnl_memory_t plain[TENSORS], blocked[TENSORS];
} convolution;

int coco_bench_onednn_create(const struct coco_bench_shape *shape, const float *const tensors[3], int winograd,
                             void **out);
int coco_bench_onednn_run(void *self);
int coco_bench_onednn_output(void *self, float *output);

#define TRY(call)                                           \
  do {                                                      \
    dnnl_status_t try_status = (call);                      \
    if (try_status != dnnl_success) return (int)try_status; \
  } while (0)

/* Plain descriptions with a tag, and the same with the layout left open. */
static int describe(const struct coco_bench_shape *s, dnnl_memory_desc_t plain[TENSORS],
                    dnnl_memory_desc_t any[TENSORS]) {
  int64_t place = (s->size + 2 * s->padding - s->kernel) / s->stride + 1;
  dnnl_dims_t source = {1, s->input_channels, s->size, s->size}, destination = {1, s->output_channels, place, place};
  dnnl_dims_t bias = {s->output_channels}, kernel = {s->output_channels, s->input_channels, s->kernel, s->kernel};
  dnnl_dims_t grouped = {s->groups, s->output_channels / s->groups, s->input_channels / s->groups, s->kernel,
                         s->kernel};
  int has_groups = s->groups > 1;
  for (int open = 0; open < 2; ++open) {
    dnnl_memory_desc_t *to = open ? any : plain;
    dnnl_format_tag_t image = open ? dnnl_format_tag_any : dnnl_nchw, filter = open         ? dnnl_format_tag_any
                                                                               : has_groups ? dnnl_goihw
                                                                                            : dnnl_oihw;
    TRY(dnnl_memory_desc_init_by_tag(&to[SOURCE], 4, source, dnnl_f32, image));
    TRY(dnnl_memory_desc_init_by_tag(&to[WEIGHTS], has_groups ? 5 : 4, has_groups ? grouped : kernel, dnnl_f32,
                                     filter));
    TRY(dnnl_memory_desc_init_by_tag(&to[BIAS], 1, bias, dnnl_f32, dnnl_x));
    TRY(dnnl_memory_desc_init_by_tag(&to[DESTINATION], 4, destination, dnnl_f32, image));
  }
  return 0;
}

static int choose(convolution *self, const struct coco_bench_shape *s, const dnnl_memory_desc_t any[TENSORS],
                  int winograd) {
  dnnl_dims_t strides = {s->stride, s->stride}, dilations = {0, 0}, padding = {s->padding, s->padding};
  dnnl_convolution_desc_t wanted;
  dnnl_primitive_attr_t attributes;
  dnnl_post_ops_t relu;
  TRY(dnnl_dilated_convolution_forward_desc_init(
      &wanted, dnnl_forward_inference, winograd ? dnnl_convolution_winograd : dnnl_convolution_direct, &any[SOURCE],
      &any[WEIGHTS], &any[BIAS], &any[DESTINATION], strides, dilations, padding, padding));
  TRY(dnnl_primitive_attr_create(&attributes));
  TRY(dnnl_post_ops_create(&relu));
  TRY(dnnl_post_ops_append_eltwise(relu, 1, dnnl_eltwise_relu, 0, 0));
  TRY(dnnl_primitive_attr_set_post_ops(attributes, relu));
  TRY(dnnl_primitive_desc_create(&self->description, &wanted, attributes, self->engine, NULL));
  dnnl_post_ops_destroy(relu);
  dnnl_primitive_attr_destroy(attributes);
  return (int)dnnl_primitive_create(&self->primitive, self->description);
}

static int reorder(convolution *self, dnnl_memory_t from, dnnl_memory_t to) {
  const dnnl_memory_desc_t *from_layout, *to_layout;
  dnnl_primitive_desc_t description;
  dnnl_primitive_t primitive;
  TRY(dnnl_memory_get_memory_desc(from, &from_layout));
  TRY(dnnl_memory_get_memory_desc(to, &to_layout));
  TRY(dnnl_reorder_primitive_desc_create(&description, from_layout, self->engine, to_layout, self->engine, NULL));
  TRY(dnnl_primitive_create(&primitive, description));
  dnnl_exec_arg_t arguments[2] = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}};
  TRY(dnnl_primitive_execute(primitive, self->stream, 2, arguments));
  TRY(dnnl_stream_wait(self->stream));
  dnnl_primitive_destroy(primitive);
  return (int)dnnl_primitive_desc_destroy(description);
}

int coco_bench_onednn_create(const struct coco_bench_shape *shape, const float *const tensors[3], int winograd,
                             void **out) {
  static const dnnl_query_t queries[TENSORS] = {dnnl_query_src_md, dnnl_query_weights_md, dnnl_query_weights_md,
                                                dnnl_query_dst_md};
  dnnl_memory_desc_t plain[TENSORS], any[TENSORS];
  convolution *self = calloc(1, sizeof *self);
  if (!self) return (int)dnnl_out_of_memory;
  TRY(dnnl_engine_create(&self->engine, dnnl_cpu, 0));
  TRY(dnnl_stream_create(&self->stream, self->engine, dnnl_stream_default_flags));
  TRY(describe(shape, plain, any));
  TRY(choose(self, shape, any, winograd));
  for (int i = 0; i < TENSORS; ++i) {
    const dnnl_memory_desc_t *layout = dnnl_primitive_desc_query_md(self->description, queries[i], i == BIAS);
    void *handle = i < DESTINATION ? (void *)(uintptr_t)tensors[i] : DNNL_MEMORY_ALLOCATE;
    TRY(dnnl_memory_create(&self->plain[i], &plain[i], self->engine, handle));
    TRY(dnnl_memory_create(&self->blocked[i], layout, self->engine, DNNL_MEMORY_ALLOCATE));
    if (i < DESTINATION) TRY(reorder(self, self->plain[i], self->blocked[i]));
  }
  *out = self;
  return 0;
}

int coco_bench_onednn_run(void *argument) {
  convolution *self = argument;
  dnnl_exec_arg_t arguments[TENSORS] = {{DNNL_ARG_SRC, self->blocked[SOURCE]},
                                        {DNNL_ARG_WEIGHTS, self->blocked[WEIGHTS]},
                                        {DNNL_ARG_BIAS, self->blocked[BIAS]},
                                        {DNNL_ARG_DST, self->blocked[DESTINATION]}};
  TRY(dnnl_primitive_execute(self->primitive, self->stream, TENSORS, arguments));
  return (int)dnnl_stream_wait(self->stream);
}

/* The output, row-major. */
int coco_bench_onednn_output(void *argument, float *output) {
  convolution *self = argument;
  TRY(dnnl_memory_set_data_handle(self->plain[DESTINATION], output));
  return reorder(self, self->blocked[DESTINATION], self->plain[DESTINATION]);
}
