package dev.lockstep.pgquery;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;

/**
 * PostgreSQL's own parser. Safe for use by many threads: each engine has one thread of its own in the process, callers
 * hand it their input and wait.
 *
 * <p>Every method throws {@link PgQueryException} for an input the parser can't take, and {@link CancellationException}
 * if the calling thread is interrupted while it waits. An empty input is valid and holds no statements.
 */
public final class PgQuery {
    /** Property that forces an engine: {@code native} or {@code portable}. */
    private static final String ENGINE_PROPERTY = "lockstep.pgquery.engine";

    /** How the parser is run. Both engines give the same answers. */
    public enum Engine {
        /** Machine code, called through JNI. */
        NATIVE,
        /** JVM bytecode: slower, runs everywhere. */
        PORTABLE
    }

    /** The native engine's limit on its call depth is set to fit in. */
    private static final long STACK_BYTES = 128L << 20;

    private final Engine engine;
    private final Parser parser;
    private final ParserThread thread;

    private PgQuery(Engine engine, Parser parser, ParserThread thread) {
        this.engine = engine;
        this.parser = parser;
        this.thread = thread;
    }

    /**
     * The process-wide parser: the native engine where there is one for this platform, else the portable one with a line
     * on standard error. The system property {@code lockstep.pgquery.engine} decides otherwise.
     *
     * @throws IllegalStateException if the property names no engine, or one that is not available here
     */
    public static PgQuery instance() {
        var wanted = System.getProperty(ENGINE_PROPERTY, "");
        return switch (wanted) {
            case "" -> Automatic.INSTANCE;
            case "native" -> open(Engine.NATIVE);
            case "portable" -> open(Engine.PORTABLE);
            default -> throw new IllegalStateException(ENGINE_PROPERTY + " must be native or portable, not " + wanted);
        };
    }

    /**
     * The process-wide parser on the given engine.
     *
     * @throws IllegalStateException if the engine is not available here; the message says why
     */
    public static PgQuery open(Engine engine) {
        if (engine == Engine.PORTABLE) {
            return Portable.INSTANCE;
        }
        return Native.ATTEMPT
                .parser()
                .orElseThrow(() -> new IllegalStateException(
                        "the native engine is not available: " + Native.ATTEMPT.problem(),
                        Native.ATTEMPT.cause().orElse(null)));
    }

    public Engine engine() {
        return engine;
    }

    /** The parse tree as JSON in UTF-8. Locations in it are byte offsets into the input, which is UTF-8 too. */
    public byte[] parse(byte[] utf8Sql) {
        return run(utf8Sql, Parser::parse);
    }

    /** The parse tree as JSON. Locations in it are byte offsets into the UTF-8 form of the input. */
    public String parse(String sql) {
        return run(sql, Parser::parse);
    }

    /** All tokens, comments included, as JSON in UTF-8. {@code start} and {@code end} are byte offsets. */
    public byte[] scan(byte[] utf8Sql) {
        return run(utf8Sql, Parser::scan);
    }

    /** The bodies of all PL/pgSQL functions and DO blocks as JSON in UTF-8. Errors inside a body have no position. */
    public byte[] parsePlpgsql(byte[] utf8Sql) {
        return run(utf8Sql, Parser::parsePlpgsql);
    }

    /** The input with constants replaced by {@code $1}, {@code $2} and so on. */
    public String normalize(String sql) {
        return run(sql, Parser::normalize);
    }

    /** Sixteen hexadecimal digits, the same for inputs that differ in constants or layout only. */
    public String fingerprint(String sql) {
        return run(sql, Parser::fingerprint);
    }

    int memoryPages() {
        return thread.call(parser::pages);
    }

    private String run(String sql, BiFunction<Parser, byte[], Outcome> operation) {
        return new String(run(sql.getBytes(StandardCharsets.UTF_8), operation), StandardCharsets.UTF_8);
    }

    private byte[] run(byte[] sql, BiFunction<Parser, byte[], Outcome> operation) {
        var outcome = thread.call(() -> operation.apply(parser, sql));
        if (outcome instanceof Failure failure) {
            throw new PgQueryException(failure);
        }
        return ((Output) outcome).utf8();
    }

    /** Holders: nothing happens, and no engine's classes are loaded, before an engine is asked for. */
    private static final class Automatic {
        static final PgQuery INSTANCE = Native.ATTEMPT.parser().orElseGet(Automatic::portableWithNotice);

        private static PgQuery portableWithNotice() {
            System.err.println(
                    "pg-query-java: using the portable engine, which is slower: " + Native.ATTEMPT.problem());
            return Portable.INSTANCE;
        }
    }

    private static final class Native {
        static final Attempt ATTEMPT = attempt();

        private static Attempt attempt() {
            try {
                NativeLibrary.load();
            } catch (NativeLibrary.Unavailable problem) {
                return new Attempt(Optional.empty(), problem.reason(), Optional.of(problem));
            }
            var thread = new ParserThread("pg-query-native", STACK_BYTES);
            return new Attempt(
                    Optional.of(new PgQuery(Engine.NATIVE, new Parser(NativeModule::new), thread)),
                    "",
                    Optional.empty());
        }
    }

    private record Attempt(Optional<PgQuery> parser, String problem, Optional<Throwable> cause) {}

    private static final class Portable {
        static final PgQuery INSTANCE = new PgQuery(
                Engine.PORTABLE, new Parser(PortableModule::new), new ParserThread("pg-query-portable", STACK_BYTES));
    }
}
