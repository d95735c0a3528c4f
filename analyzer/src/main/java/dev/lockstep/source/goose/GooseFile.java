package dev.lockstep.source.goose;

import dev.lockstep.source.TransactionRule;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.source.TransactionRule.Strings;
import dev.lockstep.text.DerivedText;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A goose file read line by line, as goose does: annotations count at the start of a line only. */
final class GooseFile {

    /** A variable without braces, which {@code ENVSUB ON} fills in as it does those with them. */
    private static final Pattern BARE_VARIABLE = Pattern.compile("\\$([A-Za-z_][A-Za-z_0-9]*)\\b(?!\\$)");

    private enum Half {
        NONE,
        UP,
        DOWN
    }

    private final SourceText file;
    private final List<Span> up = new ArrayList<>();
    private final List<Span> down = new ArrayList<>();
    private final List<Span> filledIn = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private Half half = Half.NONE;
    private boolean inTransaction = true;
    private boolean inBlock;
    private boolean fillsIn;

    GooseFile(SourceText file) {
        this.file = file;
        for (int number = 1; number <= file.lineCount(); number++) {
            see(file.line(number));
        }
    }

    private void see(Span line) {
        String text = file.text(line);
        if (text.startsWith("--") && isAnnotation(text.substring(2).strip(), line)) {
            return;
        }
        switch (half) {
            case UP -> up.add(line);
            case DOWN -> down.add(line);
            case NONE -> {}
        }
        if (fillsIn) {
            filledIn.add(line);
        }
        if (!inBlock && endsStatement(text)) {
            ends.add(line.end());
        }
    }

    private boolean isAnnotation(String text, Span line) {
        switch (text) {
            case "+goose Up" -> half = Half.UP;
            case "+goose Down" -> half = Half.DOWN;
            case "+goose NO TRANSACTION" -> inTransaction = false;
            case "+goose ENVSUB ON" -> fillsIn = true;
            case "+goose ENVSUB OFF" -> fillsIn = false;
            case "+goose StatementBegin" -> {
                inBlock = true;
                ends.add(line.start());
            }
            case "+goose StatementEnd" -> {
                inBlock = false;
                ends.add(line.start());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Whether the last word before a comment ends with a semicolon. */
    private static boolean endsStatement(String line) {
        String last = "";
        for (String word : line.strip().split("\\s+")) {
            if (word.startsWith("--")) {
                break;
            }
            last = word;
        }
        return last.endsWith(";");
    }

    Optional<SourceText> up() {
        return text(up);
    }

    Optional<SourceText> down() {
        return text(down);
    }

    private Optional<SourceText> text(List<Span> lines) {
        return lines.isEmpty() ? Optional.empty() : Optional.of(withBraces(DerivedText.only(file, lines)));
    }

    private SourceText withBraces(SourceText text) {
        if (filledIn.isEmpty()) {
            return text;
        }
        DerivedText derived = new DerivedText();
        int done = 0;
        for (Span line : filledIn) {
            Matcher variable = BARE_VARIABLE.matcher(text.content()).region(line.start(), line.end());
            while (variable.find()) {
                derived.copy(text, new Span(done, variable.start()));
                derived.insert("${" + variable.group(1) + "}", text, new Span(variable.start(), variable.end()));
                done = variable.end();
            }
        }
        return derived.copy(text, new Span(done, text.length())).build(file);
    }

    /** Statement by statement, but what stands between StatementBegin and StatementEnd, or ends on one line, at once. */
    TransactionRule transactions() {
        return TransactionRule.of(
                        inTransaction ? Mode.BEGIN_AND_COMMIT : Mode.AUTOCOMMIT,
                        filledIn.isEmpty() ? Strings.endingAt(ends) : Strings.EACH_ALONE)
                .withWayOut("for goose, -- +goose NO TRANSACTION at its head");
    }
}
