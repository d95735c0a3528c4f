package dev.lockstep.pgquery;

/**
 * One instance of the parser's WebAssembly module with a memory of its own, used by one thread. Addresses and sizes are
 * unsigned 32-bit numbers. After a {@link ModuleFault} the instance is good for nothing but {@link #close}.
 */
interface ParserModule extends AutoCloseable {
    /** The module's functions; all take one number. */
    enum Function {
        MALLOC(0, "malloc"),
        FREE(1, "free"),
        PARSE(2, "wasm_parse_query_raw"),
        FREE_PARSE_RESULT(3, "wasm_free_parse_result"),
        PARSE_PLPGSQL(4, "wasm_parse_plpgsql"),
        FINGERPRINT(5, "wasm_fingerprint"),
        NORMALIZE(6, "wasm_normalize_query"),
        SCAN(7, "wasm_scan"),
        FREE_STRING(8, "wasm_free_string");

        private final int number;
        private final String exportName;

        Function(int number, String exportName) {
            this.number = number;
            this.exportName = exportName;
        }

        /** What the glue in C calls it. */
        int number() {
            return number;
        }

        String exportName() {
            return exportName;
        }
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
