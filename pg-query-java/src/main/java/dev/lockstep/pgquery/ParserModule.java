package dev.lockstep.pgquery;

/**
 * One instance of the parser's WebAssembly module with a memory of its own, used by one thread. Addresses and sizes are
 * unsigned 32-bit numbers. After a {@link ModuleFault} the instance is good for nothing but {@link #close}.
 */
interface ParserModule extends AutoCloseable {
    /** The module's functions; all take one number. The glue in C knows them by their order. */
    enum Function {
        MALLOC,
        FREE,
        PARSE,
        FREE_PARSE_RESULT,
        PARSE_PLPGSQL,
        FINGERPRINT,
        NORMALIZE,
        SCAN,
        FREE_STRING
    }

    /** The function's result, or 0 if it has none. */
    int call(Function function, int argument);

    /** The 32-bit words from an address on. */
    int[] readInts(int address, int count);

    /** The bytes from an address to the next NUL. */
    byte[] readString(int address);

    /** Copies the bytes to an address and puts a NUL behind them. */
    void write(int address, byte[] bytes);

    /** Size of the memory, in pages of 64 KiB. */
    int pages();

    @Override
    void close();
}
