package dev.lockstep.pgquery;

import dev.lockstep.pgquery.ParserModule.Function;
import dev.lockstep.pgquery.PgQueryException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The calling conventions of libpg_query's WebAssembly module, the same for both engines; used by one thread. A module
 * that failed, or whose memory grew, makes way for a fresh one.
 */
final class Parser {
    static final String NESTED_TOO_DEEPLY = "the input is nested too deeply for the parser";
    static final String OUT_OF_MEMORY = "out of memory";
    static final String EXITED = "the parser exited";

    /** How PostgreSQL and the wrapper begin their messages about resources; all other messages are about syntax. */
    private static final List<String> LIMIT_MESSAGES = List.of(
            "memory exhausted",
            "out of memory",
            "Memory allocation failed",
            "stack depth limit exceeded",
            "invalid memory alloc request size",
            "string buffer exceeds maximum allowed length",
            "cannot enlarge string buffer");

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");
    private static final byte[] BLANK = {' '};

    private final Supplier<ParserModule> modules;
    private Optional<ParserModule> current = Optional.empty();
    private int initialPages;

    Parser(Supplier<ParserModule> modules) {
        this.modules = modules;
    }

    Outcome parse(byte[] sql) {
        return guarded(sql, this::parseTree);
    }

    Outcome scan(byte[] sql) {
        return guarded(sql, input -> {
            var outcome = text(Function.SCAN, input, Parser::isJson);
            return outcome instanceof Output tokens ? new Output(escapeControlCharacters(tokens.utf8())) : outcome;
        });
    }

    Outcome parsePlpgsql(byte[] sql) {
        return guarded(sql, input -> text(Function.PARSE_PLPGSQL, input, Parser::isJson));
    }

    Outcome fingerprint(byte[] sql) {
        return guarded(sql, input -> text(Function.FINGERPRINT, input, Parser::isFingerprint));
    }

    /** Normalized SQL can look like an error message, so that the text is parsed first. */
    Outcome normalize(byte[] sql) {
        if (sql.length == 0) {
            return new Output(sql);
        }
        return guarded(sql, input -> {
            var tree = parseTree(input);
            return tree instanceof Failure
                    ? tree
                    : text(Function.NORMALIZE, input, text -> !startsWithLimit(utf8(text)));
        });
    }

    /** Size of the module's memory in pages of 64 KiB, 0 before the first use. */
    int pages() {
        return current.map(ParserModule::pages).orElse(0);
    }

    private Outcome guarded(byte[] sql, UnaryParser body) {
        var nul = indexOfNul(sql);
        if (nul >= 0) {
            var position =
                    new String(sql, 0, nul, StandardCharsets.UTF_8).codePoints().count() + 1;
            return new Failure(
                    Kind.SYNTAX,
                    "invalid byte sequence for encoding \"UTF8\": 0x00",
                    OptionalInt.of((int) position),
                    Optional.empty());
        }
        var finished = false;
        try {
            var outcome = body.parse(sql.length == 0 ? BLANK : sql);
            finished = true;
            return outcome;
        } catch (ModuleFault fault) {
            return explain(fault);
        } finally {
            if (!finished || pages() > initialPages) {
                current.ifPresent(ParserModule::close);
                current = Optional.empty();
            }
        }
    }

    /** PostgreSQL exits on an error where nothing can catch it: here, when there is no memory for the result. */
    private Failure explain(ModuleFault fault) {
        var outOfMemory = fault.problem().equals(EXITED) && pages() > initialPages;
        return new Failure(
                outOfMemory ? Kind.LIMIT : fault.kind(),
                outOfMemory ? OUT_OF_MEMORY : fault.problem(),
                OptionalInt.empty(),
                Optional.of(fault));
    }

    private ParserModule module() {
        if (current.isEmpty()) {
            var fresh = modules.get();
            initialPages = fresh.pages();
            current = Optional.of(fresh);
        }
        return current.get();
    }

    /** PgQueryParseResult is {tree, stderr, error}; PgQueryError is {message, function, file, line, cursor, context}. */
    private Outcome parseTree(byte[] sql) {
        var module = module();
        var input = copyIn(sql);
        var result = module.call(Function.PARSE, input);
        if (result == 0) {
            return Failure.of(Kind.LIMIT, OUT_OF_MEMORY);
        }
        var pointers = module.readInts(result, 3);
        var outcome = pointers[2] == 0 ? new Output(module.readString(pointers[0])) : error(pointers[2]);
        module.call(Function.FREE_PARSE_RESULT, result);
        module.call(Function.FREE, input);
        return outcome;
    }

    private Failure error(int address) {
        var fields = module().readInts(address, 5);
        var cursor = fields[4];
        return failure(utf8(module().readString(fields[0])), cursor > 0 ? OptionalInt.of(cursor) : OptionalInt.empty());
    }

    /** Runs a function that returns one string, which is an error message when it is no proper result. */
    private Outcome text(Function function, byte[] sql, Predicate<byte[]> isResult) {
        var module = module();
        var input = copyIn(sql);
        var address = module.call(function, input);
        if (address == 0) {
            return Failure.of(Kind.LIMIT, OUT_OF_MEMORY);
        }
        var text = module.readString(address);
        module.call(Function.FREE_STRING, address);
        module.call(Function.FREE, input);
        return isResult.test(text) ? new Output(text) : located(utf8(text), sql);
    }

    /** Only parsing says where an error is: if it fails in the same way, its position is the one. */
    private Failure located(String message, byte[] sql) {
        return parseTree(sql) instanceof Failure failure && failure.message().equals(message)
                ? failure
                : failure(message, OptionalInt.empty());
    }

    private int copyIn(byte[] sql) {
        var address = module().call(Function.MALLOC, sql.length + 1);
        if (address == 0) {
            throw new ModuleFault(Kind.LIMIT, OUT_OF_MEMORY);
        }
        module().write(address, sql);
        return address;
    }

    private static Failure failure(String message, OptionalInt position) {
        var kind = startsWithLimit(message) ? Kind.LIMIT : Kind.SYNTAX;
        return new Failure(kind, message, position, Optional.empty());
    }

    private static boolean startsWithLimit(String text) {
        return LIMIT_MESSAGES.stream().anyMatch(text::startsWith);
    }

    private static boolean isJson(byte[] text) {
        return text.length > 0 && text[0] == '{';
    }

    private static boolean isFingerprint(byte[] text) {
        return FINGERPRINT.matcher(utf8(text)).matches();
    }

    private static String utf8(byte[] text) {
        return new String(text, StandardCharsets.UTF_8);
    }

    private static int indexOfNul(byte[] sql) {
        for (var i = 0; i < sql.length; i++) {
            if (sql[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The scanner's JSON holds the tokens' text with control characters as they are, which JSON forbids. */
    private static byte[] escapeControlCharacters(byte[] json) {
        var escaped = new ByteArrayOutputStream();
        var copied = 0;
        for (var i = 0; i < json.length; i++) {
            if (json[i] >= 0 && json[i] < ' ') {
                escaped.write(json, copied, i - copied);
                escaped.writeBytes("\\u%04x".formatted(json[i]).getBytes(StandardCharsets.US_ASCII));
                copied = i + 1;
            }
        }
        if (copied == 0) {
            return json;
        }
        escaped.write(json, copied, json.length - copied);
        return escaped.toByteArray();
    }

    private interface UnaryParser {
        Outcome parse(byte[] sql);
    }
}
