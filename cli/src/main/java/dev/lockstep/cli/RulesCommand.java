package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.cli.report.Json;
import dev.lockstep.cli.user.Paint;
import dev.lockstep.cli.user.Paint.Role;
import dev.lockstep.cli.user.Paragraph;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RulePage;
import dev.lockstep.rule.RuleSet;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ParseResult;

/** {@code lockstep rules}. */
final class RulesCommand {

    private final Console console;
    private final RuleCatalogue rules;
    private final ParseResult parsed;

    RulesCommand(Console console, RuleCatalogue rules, ParseResult parsed) {
        this.console = console;
        this.rules = rules;
        this.parsed = parsed;
    }

    int run() throws IOException {
        boolean json = CommonOptions.choice(parsed, "--format", List.of("text", "json"), "text")
                .equals("json");
        Paint paint = CommonOptions.paint(
                console.environment(), CommonOptions.choice(parsed, "--color", Choices.COLOURS, "auto"), true);
        String name = parsed.matchedPositionalValue(0, "");
        boolean one = parsed.hasMatchedPositional(0);
        List<Rule> chosen = one ? List.of(rules.named(name)) : rules.rules();
        if (json) {
            json(chosen);
        } else if (one) {
            new PageView(paint, console.environment().width())
                    .lines(RulePage.of(chosen.get(0)).markdown())
                    .forEach(console.out()::println);
        } else {
            sets(chosen, paint);
        }
        return ExitCode.OK;
    }

    private void sets(List<Rule> listed, Paint paint) {
        int width = listed.stream()
                .mapToInt(rule -> rule.info().id().length())
                .max()
                .orElse(0);
        for (RuleSet set : RuleSet.values()) {
            List<Rule> ofSet =
                    listed.stream().filter(rule -> rule.info().set() == set).toList();
            if (set != RuleSet.SAFETY && !ofSet.isEmpty()) {
                console.out().println();
                console.out().println("With --set " + set.label() + ", or each when it is given a level:");
                console.out().println();
            }
            table(ofSet, width, paint);
        }
    }

    private void table(List<Rule> listed, int width, Paint paint) {
        PrintStream out = console.out();
        for (Rule rule : listed) {
            RuleInfo info = rule.info();
            String id = info.id() + " ".repeat(width - info.id().length());
            String level = info.severity().label();
            String indent = " ".repeat(width + 11);
            List<String> summary = Paragraph.wrap(
                    info.summary(), Math.max(20, console.environment().width() - indent.length()));
            out.println(paint.as(Role.PLACE, id) + "  " + paint.as(Role.of(info.severity()), level)
                    + " ".repeat(9 - level.length()) + summary.get(0));
            summary.stream().skip(1).forEach(line -> out.println(indent + line));
        }
    }

    private void json(List<Rule> listed) throws IOException {
        try (JsonGenerator json = Json.generator(console.out())) {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            Json.array(json, "rules", listed, (array, rule) -> rule(array, rule.info()));
            json.writeEndObject();
        }
        console.out().write('\n');
    }

    private static void rule(JsonGenerator json, RuleInfo info) throws IOException {
        json.writeStringField("id", info.id());
        json.writeStringField("level", info.severity().label());
        json.writeStringField("summary", info.summary());
        json.writeStringField("set", info.set().label());
        json.writeStringField("category", info.category().name().toLowerCase(Locale.ROOT));
        json.writeStringField("since", info.since());
        json.writeArrayFieldStart("aliases");
        for (String alias : info.aliases()) {
            json.writeString(alias);
        }
        json.writeEndArray();
        Json.array(json, "causes", info.causes(), RulesCommand::cause);
    }

    private static void cause(JsonGenerator json, Cause cause) throws IOException {
        json.writeStringField("key", cause.key());
        json.writeStringField("level", cause.severity().label());
    }
}
