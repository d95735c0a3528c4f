package dev.lockstep.catalog;

import dev.lockstep.sql.RoutineStatement.Volatility;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The volatility of PostgreSQL's own functions, by name, number of arguments and major version. The table, {@code volatility.txt}, is made
 * from the {@code pg_proc} of real servers. A line holds a name, {@code @} and the major version from which it is so, and the volatility of
 * its overloads: one letter for all, or one for each range of argument counts; {@code -} where the version has no such function.
 */
final class BuiltInFunctions {

    /** What one major version, and those after it up to the next entry, have under a name. */
    private record Since(int major, List<Overloads> overloads) {}

    /** Overloads that take so many arguments; those with the same count but different promises are given by the least. */
    private record Overloads(int fewest, int most, Volatility volatility) {}

    /** Read when first asked for. */
    private static final class Holder {
        static final Map<String, List<Since>> TABLE = read();
    }

    private BuiltInFunctions() {}

    static boolean has(String name) {
        return Holder.TABLE.containsKey(name);
    }

    /** Absent when the version has no such function. */
    static Optional<Volatility> volatility(String name, int arguments, int major) {
        return Holder.TABLE.getOrDefault(name, List.of()).stream()
                .filter(since -> since.major() <= major)
                .reduce((earlier, later) -> later)
                .flatMap(since -> since.overloads().stream()
                        .filter(overloads -> overloads.fewest() <= arguments && arguments <= overloads.most())
                        .map(Overloads::volatility)
                        .reduce(Volatility::weaker));
    }

    private static Map<String, List<Since>> read() {
        Map<String, List<Since>> table = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                int at = words[0].indexOf('@');
                List<Overloads> overloads = new ArrayList<>();
                for (int i = 1; i < words.length; i++) {
                    if (!words[i].equals("-")) {
                        overloads.add(overloads(words[i]));
                    }
                }
                table.computeIfAbsent(words[0].substring(0, at), name -> new ArrayList<>())
                        .add(new Since(Integer.parseInt(words[0].substring(at + 1)), overloads));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return table;
    }

    private static InputStream open() {
        InputStream table = BuiltInFunctions.class.getResourceAsStream("volatility.txt");
        if (table == null) {
            throw new IllegalStateException("volatility.txt is missing");
        }
        return table;
    }

    /** {@code v}, {@code 2v}, {@code 1-3s} or {@code 1-i}. */
    private static Overloads overloads(String word) {
        Volatility volatility = switch (word.charAt(word.length() - 1)) {
            case 'i' -> Volatility.IMMUTABLE;
            case 's' -> Volatility.STABLE;
            default -> Volatility.VOLATILE;
        };
        String range = word.substring(0, word.length() - 1);
        if (range.isEmpty()) {
            return new Overloads(0, Integer.MAX_VALUE, volatility);
        }
        int dash = range.indexOf('-');
        if (dash < 0) {
            return new Overloads(Integer.parseInt(range), Integer.parseInt(range), volatility);
        }
        String most = range.substring(dash + 1);
        return new Overloads(
                Integer.parseInt(range.substring(0, dash)),
                most.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(most),
                volatility);
    }
}
