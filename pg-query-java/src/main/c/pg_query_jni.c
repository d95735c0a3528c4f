/*
 * The host of libpg_query's WebAssembly module, as wasm2c translated it, and its JNI functions.
 *
 * wasm2c's runtime keeps its jump buffer and call depth in process-wide variables: all of this runs on one thread.
 * pg_query_names.h and pg_query_invokes.h are made by the build.
 */
#include <jni.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pg_query_names.h"
#include "wasm-rt-impl.h"

#if WASM_RT_USE_STACK_DEPTH_COUNT || WASM_RT_STACK_DEPTH_COUNT
#define call_depth wasm_rt_call_stack_depth
#else
#error "the runtime must count its call depth: there is no signal handler to catch an overflowing stack"
#endif

#define PAGE_BYTES 65536u
#define NO_MORE_MEMORY ((u32)-1)
#define NOT_SEEKABLE 29

typedef struct host_struct {
  parser_module module;
  jmp_buf* longjmp_target;
  char failure[512];
} host;

typedef __typeof__(((wasm_rt_funcref_t*)0)->func_type) invoke_type;

static wasm_rt_memory_t* memory_of(host* host) {
  return export_memory(&host->module);
}

static void store_u32(host* host, u32 address, u32 value) {
  wasm_rt_memory_t* memory = memory_of(host);
  if ((u64)address + sizeof value > memory->size) {
    wasm_rt_trap(WASM_RT_TRAP_OOB);
  }
  memcpy(memory->data + address, &value, sizeof value);
}

static u32 load_u32(host* host, u32 address) {
  wasm_rt_memory_t* memory = memory_of(host);
  u32 value;
  if ((u64)address + sizeof value > memory->size) {
    wasm_rt_trap(WASM_RT_TRAP_OOB);
  }
  memcpy(&value, memory->data + address, sizeof value);
  return value;
}

/* The length of the C string at an address, or -1 when it runs out of the memory. */
static int64_t string_length(host* host, u32 address) {
  wasm_rt_memory_t* memory = memory_of(host);
  if (address >= memory->size) {
    return -1;
  }
  const uint8_t* start = memory->data + address;
  const uint8_t* end = memchr(start, 0, memory->size - address);
  return end == NULL ? -1 : end - start;
}

static const char* text_at(host* host, u32 address) {
  return string_length(host, address) < 0 ? "?" : (const char*)memory_of(host)->data + address;
}

static void give_up(host* host, const char* what) {
  snprintf(host->failure, sizeof host->failure, "%s", what);
  wasm_rt_trap(WASM_RT_TRAP_UNREACHABLE);
}

/*
 * setjmp and longjmp of the parser: invoke_* calls through the table, and a longjmp below it comes back here, restores
 * the module's stack pointer and tells the module so by setThrew.
 */
static wasm_rt_funcref_t callee_at(host* host, u32 index, invoke_type type) {
  wasm_rt_funcref_table_t* table = export_table(&host->module);
  if (index >= table->size || table->data[index].func == NULL || table->data[index].func_type != type) {
    wasm_rt_trap(WASM_RT_TRAP_CALL_INDIRECT);
  }
  return table->data[index];
}

static void recover(host* host, jmp_buf* outer, u32 stack, uint32_t depth) {
  host->longjmp_target = outer;
  call_depth = depth;
  export__emscripten_stack_restore(&host->module, stack);
  export_setThrew(&host->module, 1, 0);
}

#define INVOKE_PROLOGUE(type)                                             \
  wasm_rt_funcref_t callee = callee_at(host, index, invoke_types[type]);  \
  u32 stack = export_emscripten_stack_get_current(&host->module);         \
  uint32_t depth = call_depth;                                            \
  jmp_buf* outer = host->longjmp_target;                                  \
  jmp_buf here;                                                           \
  host->longjmp_target = &here;

#define INVOKE(type, call)            \
  INVOKE_PROLOGUE(type)               \
  if (_setjmp(here) == 0) {           \
    __typeof__(call) result = call;   \
    host->longjmp_target = outer;     \
    return result;                    \
  }                                   \
  recover(host, outer, stack, depth); \
  return 0;

#define INVOKE_VOID(type, call)       \
  INVOKE_PROLOGUE(type)               \
  if (_setjmp(here) == 0) {           \
    call;                             \
    host->longjmp_target = outer;     \
    return;                           \
  }                                   \
  recover(host, outer, stack, depth);

#include "pg_query_invokes.h"

void import___emscripten_throw_longjmp(host* host) {
  if (host->longjmp_target == NULL) {
    give_up(host, "longjmp without a target");
  }
  _longjmp(*host->longjmp_target, 1);
}

void import____assert_fail(host* host, u32 condition, u32 file, u32 line, u32 function) {
  snprintf(host->failure, sizeof host->failure, "assertion failed: %s (%s:%u)", text_at(host, condition),
           text_at(host, file), line);
  wasm_rt_trap(WASM_RT_TRAP_UNREACHABLE);
}

void import___abort_js(host* host) {
  give_up(host, "the parser aborted");
}

void import__exit(host* host, u32 code) {
  give_up(host, "the parser exited");
}

void import__proc_exit(host* host, u32 code) {
  give_up(host, "the parser exited");
}

void import___emscripten_runtime_keepalive_clear(host* host) {}

u32 import___setitimer_js(host* host, u32 which, f64 milliseconds) {
  return 0;
}

/* Grows by a fifth at least, so that a large input does not copy the memory over and over. */
u32 import__emscripten_resize_heap(host* host, u32 wanted) {
  wasm_rt_memory_t* memory = memory_of(host);
  u64 pages = ((u64)wanted + PAGE_BYTES - 1) / PAGE_BYTES;
  u64 now = memory->pages;
  u64 generous = now + now / 5;
  if (pages <= now) {
    return 1;
  }
  if (generous > memory->max_pages) {
    generous = memory->max_pages;
  }
  if (generous > pages && wasm_rt_grow_memory(memory, generous - now) != NO_MORE_MEMORY) {
    return 1;
  }
  return wasm_rt_grow_memory(memory, pages - now) != NO_MORE_MEMORY;
}

u32 import__fd_close(host* host, u32 descriptor) {
  return 0;
}

u32 import__fd_read(host* host, u32 descriptor, u32 vectors, u32 count, u32 read) {
  store_u32(host, read, 0);
  return 0;
}

u32 import__fd_seek(host* host, u32 descriptor, u64 offset, u32 whence, u32 position) {
  return NOT_SEEKABLE;
}

/* Takes everything and prints nothing: standard output and error belong to the application. */
u32 import__fd_write(host* host, u32 descriptor, u32 vectors, u32 count, u32 written) {
  u32 total = 0;
  for (u32 i = 0; i < count; i++) {
    total += load_u32(host, vectors + i * 8 + 4);
  }
  store_u32(host, written, total);
  return 0;
}

/* Results of call below zero are failures; NativeModule knows these numbers. */
#define FAILURE_DEPTH (-1)
#define FAILURE_OTHER (-2)

static jlong failed(host* host, wasm_rt_trap_t trap) {
  if (host->failure[0] == 0) {
    snprintf(host->failure, sizeof host->failure, "%s", wasm_rt_strerror(trap));
  }
  return trap == WASM_RT_TRAP_EXHAUSTION ? FAILURE_DEPTH : FAILURE_OTHER;
}

static host* from_handle(jlong handle) {
  return (host*)(intptr_t)handle;
}

JNIEXPORT jlong JNICALL Java_dev_lockstep_pgquery_NativeModule_create(JNIEnv* env, jclass self) {
  static int prepared = 0;
  if (!prepared) {
    wasm_rt_init();
    module_prepare();
    register_invoke_types();
    prepared = 1;
  }
  host* host = calloc(1, sizeof *host);
  if (host == NULL) {
    return 0;
  }
  wasm_rt_trap_t trap = wasm_rt_impl_try();
  if (trap != WASM_RT_TRAP_NONE) {
    free(host);
    return 0;
  }
  module_instantiate(&host->module, host);
  export_constructors(&host->module);
  return (jlong)(intptr_t)host;
}

JNIEXPORT void JNICALL Java_dev_lockstep_pgquery_NativeModule_destroy(JNIEnv* env, jclass self, jlong handle) {
  module_free(&from_handle(handle)->module);
  free(from_handle(handle));
}

JNIEXPORT jlong JNICALL Java_dev_lockstep_pgquery_NativeModule_call(JNIEnv* env, jclass self, jlong handle,
                                                                   jint function, jint argument) {
  host* host = from_handle(handle);
  parser_module* module = &host->module;
  host->longjmp_target = NULL;
  host->failure[0] = 0;
  wasm_rt_trap_t trap = wasm_rt_impl_try();
  if (trap != WASM_RT_TRAP_NONE) {
    return failed(host, trap);
  }
  /* The numbers of ParserModule.Function. */
  switch (function) {
    case 0: return export_malloc(module, argument);
    case 1: return export_free(module, argument), 0;
    case 2: return export_wasm_parse_query_raw(module, argument);
    case 3: return export_wasm_free_parse_result(module, argument), 0;
    case 4: return export_wasm_parse_plpgsql(module, argument);
    case 5: return export_wasm_fingerprint(module, argument);
    case 6: return export_wasm_normalize_query(module, argument);
    case 7: return export_wasm_scan(module, argument);
    case 8: return export_wasm_free_string(module, argument), 0;
    default:
      snprintf(host->failure, sizeof host->failure, "no function %d", (int)function);
      return FAILURE_OTHER;
  }
}

JNIEXPORT jbyteArray JNICALL Java_dev_lockstep_pgquery_NativeModule_failure(JNIEnv* env, jclass self, jlong handle) {
  const char* failure = from_handle(handle)->failure;
  jsize length = (jsize)strlen(failure);
  jbyteArray copy = (*env)->NewByteArray(env, length);
  if (copy != NULL) {
    (*env)->SetByteArrayRegion(env, copy, 0, length, (const jbyte*)failure);
  }
  return copy;
}

JNIEXPORT jint JNICALL Java_dev_lockstep_pgquery_NativeModule_pages(JNIEnv* env, jclass self, jlong handle) {
  return (jint)memory_of(from_handle(handle))->pages;
}

JNIEXPORT jboolean JNICALL Java_dev_lockstep_pgquery_NativeModule_write(JNIEnv* env, jclass self, jlong handle,
                                                                       jint address, jbyteArray bytes) {
  wasm_rt_memory_t* memory = memory_of(from_handle(handle));
  jsize length = (*env)->GetArrayLength(env, bytes);
  u64 start = (u32)address;
  if (start + (u64)length + 1 > memory->size) {
    return JNI_FALSE;
  }
  (*env)->GetByteArrayRegion(env, bytes, 0, length, (jbyte*)memory->data + start);
  memory->data[start + length] = 0;
  return JNI_TRUE;
}

/* The words at an address and after it; false when they lie outside the memory. */
JNIEXPORT jboolean JNICALL Java_dev_lockstep_pgquery_NativeModule_readInts(JNIEnv* env, jclass self, jlong handle,
                                                                          jint address, jintArray into) {
  wasm_rt_memory_t* memory = memory_of(from_handle(handle));
  jsize count = (*env)->GetArrayLength(env, into);
  u64 start = (u32)address;
  if (start + (u64)count * sizeof(u32) > memory->size) {
    return JNI_FALSE;
  }
  (*env)->SetIntArrayRegion(env, into, 0, count, (const jint*)(memory->data + start));
  return JNI_TRUE;
}

JNIEXPORT jbyteArray JNICALL Java_dev_lockstep_pgquery_NativeModule_readString(JNIEnv* env, jclass self,
                                                                              jlong handle, jint address) {
  host* host = from_handle(handle);
  int64_t length = string_length(host, (u32)address);
  if (length < 0 || length > INT32_MAX - 16) {
    return NULL;
  }
  jbyteArray copy = (*env)->NewByteArray(env, (jsize)length);
  if (copy != NULL) {
    (*env)->SetByteArrayRegion(env, copy, 0, (jsize)length, (const jbyte*)memory_of(host)->data + (u32)address);
  }
  return copy;
}
