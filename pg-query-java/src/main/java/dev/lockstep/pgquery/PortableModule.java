package dev.lockstep.pgquery;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import dev.lockstep.pgquery.PgQueryException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

/** The parser as JVM bytecode, with the same host functions as the glue in C. */
final class PortableModule implements ParserModule {
    private static final int NOT_SEEKABLE = 29;
    private static final long[] NOTHING = {};

    /** How far the module's own stack, which it keeps in its memory, may grow down: the package links with 32 MB. */
    private static final int STACK_BYTES = 32 << 20;

    /** Nothing checks that stack. An overflow runs through its last bytes, which are zero before. */
    private static final int STACK_GUARD_BYTES = 64 << 10;

    private final Properties names = names();
    private final Map<Function, String> functions = functions();
    private final Instance instance;
    private final int stackEnd;

    PortableModule() {
        var module = PgQueryWasm.load();
        var handles = handles();
        var imports = module.importSection().stream()
                .map(FunctionImport.class::cast)
                .map(imported -> hostFunction(imported, module.typeSection().getType(imported.typeIndex()), handles))
                .toArray(ImportFunction[]::new);
        instance = trapping(() -> Instance.builder(module)
                .withImportValues(ImportValues.builder().addFunction(imports).build())
                .withMachineFactory(PgQueryWasm::create)
                .build());
        callExport("constructors");
        stackEnd = (int) callExport("emscripten_stack_get_current")[0] - STACK_BYTES;
    }

    @Override
    public int call(Function function, int argument) {
        var result = trapping(() -> instance.export(functions.get(function)).apply(argument));
        checkStack();
        return result == null || result.length == 0 ? 0 : (int) result[0];
    }

    @Override
    public int[] readInts(int address, int count) {
        var words = new int[count];
        Arrays.setAll(words, i -> trapping(() -> memory().readInt(address + i * Integer.BYTES)));
        return words;
    }

    @Override
    public byte[] readString(int address) {
        return trapping(() -> {
            var end = address;
            while (memory().read(end) != 0) {
                end++;
            }
            return memory().readBytes(address, end - address);
        });
    }

    @Override
    public void write(int address, byte[] bytes) {
        trapping(() -> {
            memory().write(address, bytes);
            memory().writeByte(address + bytes.length, (byte) 0);
            return NOTHING;
        });
    }

    @Override
    public int pages() {
        return memory().pages();
    }

    /** The garbage collector takes the memory. */
    @Override
    public void close() {}

    private void checkStack() {
        for (var address = stackEnd; address < stackEnd + STACK_GUARD_BYTES; address += Long.BYTES) {
            if (memory().readLong(address) != 0) {
                throw new ModuleFault(Kind.LIMIT, Parser.NESTED_TOO_DEEPLY);
            }
        }
    }

    private Memory memory() {
        return instance.memory();
    }

    private long[] callExport(String name, long... arguments) {
        return trapping(() -> instance.export(export(name)).apply(arguments));
    }

    private String export(String name) {
        return names.getProperty("export." + name);
    }

    /** The module's own failures, and the JVM's for lack of stack or heap, as one exception. */
    private static <T> T trapping(Supplier<T> action) {
        try {
            return action.get();
        } catch (StackOverflowError overflow) {
            throw new ModuleFault(Kind.LIMIT, Parser.NESTED_TOO_DEEPLY, overflow);
        } catch (OutOfMemoryError exhaustion) {
            throw new ModuleFault(Kind.LIMIT, Parser.OUT_OF_MEMORY, exhaustion);
        } catch (ChicoryException trap) {
            throw trap.getCause() instanceof StackOverflowError
                    ? new ModuleFault(Kind.LIMIT, Parser.NESTED_TOO_DEEPLY, trap)
                    : new ModuleFault(Kind.DEFECT, String.valueOf(trap.getMessage()), trap);
        }
    }

    private static Properties names() {
        var names = new Properties();
        try (var resource = PortableModule.class.getResourceAsStream("module-names.properties")) {
            if (resource == null) {
                throw new IllegalStateException("module-names.properties is missing from this build");
            }
            names.load(resource);
            return names;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Map<Function, String> functions() {
        var result = new HashMap<Function, String>();
        for (var function : Function.values()) {
            result.put(function, export(function.exportName()));
        }
        return result;
    }

    private HostFunction hostFunction(
            FunctionImport imported, FunctionType type, Map<String, WasmFunctionHandle> handles) {
        for (var entry : handles.entrySet()) {
            if (imported.name().equals(names.getProperty("import." + entry.getKey()))) {
                return new HostFunction(imported.module(), imported.name(), type, entry.getValue());
            }
        }
        return new HostFunction(imported.module(), imported.name(), type, invoke(type));
    }

    private Map<String, WasmFunctionHandle> handles() {
        return Map.ofEntries(
                Map.entry("___assert_fail", (module, arguments) -> {
                    throw new ModuleFault(
                            Kind.DEFECT,
                            "assertion failed: %s (%s:%d)"
                                    .formatted(textAt(arguments[0]), textAt(arguments[1]), arguments[2]));
                }),
                Map.entry("__abort_js", givesUp("the parser aborted")),
                Map.entry("_exit", givesUp(Parser.EXITED)),
                Map.entry("_proc_exit", givesUp(Parser.EXITED)),
                Map.entry("__emscripten_throw_longjmp", (module, arguments) -> {
                    throw new LongJump();
                }),
                Map.entry("__emscripten_runtime_keepalive_clear", (module, arguments) -> NOTHING),
                Map.entry("__setitimer_js", (module, arguments) -> new long[] {0}),
                Map.entry("_emscripten_resize_heap", (module, arguments) -> resizeHeap((int) arguments[0])),
                Map.entry("_fd_close", (module, arguments) -> new long[] {0}),
                Map.entry("_fd_read", (module, arguments) -> {
                    memory().writeI32((int) arguments[3], 0);
                    return new long[] {0};
                }),
                Map.entry("_fd_seek", (module, arguments) -> new long[] {NOT_SEEKABLE}),
                Map.entry("_fd_write", (module, arguments) -> discard(arguments)));
    }

    private static WasmFunctionHandle givesUp(String what) {
        return (module, arguments) -> {
            throw new ModuleFault(Kind.DEFECT, what);
        };
    }

    private String textAt(long address) {
        return memory().readCString((int) address);
    }

    /** Grows by a fifth at least, so that a large input does not copy the memory over and over. */
    private long[] resizeHeap(int wantedBytes) {
        var wanted = (int) ((Integer.toUnsignedLong(wantedBytes) + Memory.PAGE_SIZE - 1) / Memory.PAGE_SIZE);
        var now = memory().pages();
        var generous = Math.min(now + now / 5, memory().maximumPages());
        var enough = wanted <= now
                || (generous > wanted && memory().grow(generous - now) >= 0)
                || memory().grow(wanted - now) >= 0;
        return new long[] {enough ? 1 : 0};
    }

    /** Takes everything and prints nothing: standard output and error belong to the application. */
    private long[] discard(long[] arguments) {
        var total = 0;
        for (var i = 0; i < arguments[2]; i++) {
            total += memory().readInt((int) arguments[1] + i * 8 + 4);
        }
        memory().writeI32((int) arguments[3], total);
        return new long[] {0};
    }

    /** setjmp and longjmp: a longjmp below the call restores the module's stack pointer and tells the module so. */
    private WasmFunctionHandle invoke(FunctionType type) {
        var afterLongJump = type.returns().isEmpty() ? NOTHING : new long[] {0};
        return (module, arguments) -> {
            var stack = module.export(export("emscripten_stack_get_current")).apply()[0];
            try {
                var callee = module.table(0).requiredRef((int) arguments[0]);
                return module.getMachine().call(callee, Arrays.copyOfRange(arguments, 1, arguments.length));
            } catch (LongJump jump) {
                module.export(export("_emscripten_stack_restore")).apply(stack);
                module.export(export("setThrew")).apply(1, 0);
                return afterLongJump;
            }
        };
    }

    private static final class LongJump extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LongJump() {
            super(null, null, false, false);
        }
    }
}
