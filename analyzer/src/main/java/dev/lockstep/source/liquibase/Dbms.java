package dev.lockstep.source.liquibase;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which parts of a changelog are for PostgreSQL. */
final class Dbms {

    private static final String NAME = "postgresql";

    /** What a precondition comes to, as far as it can be told without a database. */
    enum Answer {
        TRUE,
        FALSE,
        UNKNOWN
    }

    private Dbms() {}

    /** Whether a {@code dbms} attribute, if there is one, lets PostgreSQL in. */
    static boolean admits(ChangeLogNode node) {
        return node.text("dbms").map(Dbms::admits).orElse(true);
    }

    private static boolean admits(String list) {
        List<String> names = Stream.of(list.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.contains("all")) {
            return true;
        }
        if (names.contains("none") || names.contains("!" + NAME)) {
            return false;
        }
        return names.contains(NAME) || names.stream().allMatch(name -> name.startsWith("!"));
    }

    /** Whether the preconditions can't hold on PostgreSQL; all but those on the kind of database are unknown. */
    static boolean isRuledOut(ChangeLogNode node) {
        return node.children("preConditions").anyMatch(conditions -> all(conditions) == Answer.FALSE);
    }

    private static Answer all(ChangeLogNode conditions) {
        List<Answer> answers = answers(conditions);
        if (answers.contains(Answer.FALSE)) {
            return Answer.FALSE;
        }
        return answers.contains(Answer.UNKNOWN) ? Answer.UNKNOWN : Answer.TRUE;
    }

    private static Answer any(ChangeLogNode conditions) {
        List<Answer> answers = answers(conditions);
        if (answers.contains(Answer.TRUE)) {
            return Answer.TRUE;
        }
        return answers.isEmpty() || answers.contains(Answer.UNKNOWN) ? Answer.UNKNOWN : Answer.FALSE;
    }

    private static List<Answer> answers(ChangeLogNode conditions) {
        return conditions.children().stream()
                .map(Dbms::answer)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty for what is no condition but says what to do when they fail. */
    private static Optional<Answer> answer(ChangeLogNode condition) {
        return switch (condition.name()) {
            case "and" -> Optional.of(all(condition));
            case "or" -> Optional.of(any(condition));
            case "not" -> Optional.of(not(all(condition)));
            case "dbms" -> condition.text("type").map(type -> admits(type) ? Answer.TRUE : Answer.FALSE);
            case "onFail",
                    "onError",
                    "onFailMessage",
                    "onErrorMessage",
                    "onSqlOutput",
                    "onUpdateSQL",
                    ChangeLogNode.COMMENT -> Optional.empty();
            default -> Optional.of(Answer.UNKNOWN);
        };
    }

    private static Answer not(Answer answer) {
        return switch (answer) {
            case TRUE -> Answer.FALSE;
            case FALSE -> Answer.TRUE;
            case UNKNOWN -> Answer.UNKNOWN;
        };
    }
}
