package dev.lockstep.pgquery;

import dev.lockstep.pgquery.PgQueryException.Kind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The parser as machine code. Only one thread may use any instance: the runtime keeps state in process-wide variables. */
final class NativeModule implements ParserModule {
    /** What the glue in C returns when the call depth is exhausted. */
    private static final long FAILURE_DEPTH = -1;

    private final long handle;

    /** The library must be loaded. */
    NativeModule() {
        handle = create();
        if (handle == 0) {
            throw new ModuleFault(Kind.LIMIT, "out of memory");
        }
    }

    @Override
    public int call(Function function, int argument) {
        var result = call(handle, function.number(), argument);
        if (result >= 0) {
            return (int) result;
        }
        var message = new String(failure(handle), StandardCharsets.UTF_8);
        throw result == FAILURE_DEPTH
                ? new ModuleFault(Kind.LIMIT, Parser.NESTED_TOO_DEEPLY)
                : new ModuleFault(Kind.DEFECT, message);
    }

    @Override
    public int[] readInts(int address, int count) {
        var words = new int[count];
        checkAddress(readInts(handle, address, words));
        return words;
    }

    @Override
    public byte[] readString(int address) {
        var text = readString(handle, address);
        if (text == null) {
            throw outsideMemory();
        }
        return text;
    }

    @Override
    public void write(int address, byte[] bytes) {
        checkAddress(write(handle, address, bytes));
    }

    @Override
    public int pages() {
        return pages(handle);
    }

    @Override
    public void close() {
        destroy(handle);
    }

    private static void checkAddress(boolean insideMemory) {
        if (!insideMemory) {
            throw outsideMemory();
        }
    }

    private static ModuleFault outsideMemory() {
        return new ModuleFault(Kind.DEFECT, "the parser returned an address outside its memory");
    }

    private static native long create();

    private static native void destroy(long handle);

    private static native long call(long handle, int function, int argument);

    private static native byte[] failure(long handle);

    private static native int pages(long handle);

    private static native boolean readInts(long handle, int address, int[] into);

    private static native byte @Nullable [] readString(long handle, int address);

    private static native boolean write(long handle, int address, byte[] bytes);
}
