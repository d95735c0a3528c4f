package dev.lockstep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** SQL with «marks» around what a span must cover. */
public record Marked(String sql, List<Span> spans) {

    public static Marked of(String marked) {
        StringBuilder sql = new StringBuilder();
        List<Span> spans = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < marked.length(); i++) {
            char c = marked.charAt(i);
            if (c == '«') {
                start = sql.length();
            } else if (c == '»') {
                spans.add(new Span(start, sql.length()));
            } else {
                sql.append(c);
            }
        }
        return new Marked(sql.toString(), spans);
    }

    /** Requires that {@code spans} of the only statement are the marked ones, in order. */
    public static void check(String marked, Function<Statement, List<Span>> spans) {
        Marked expected = of(marked);
        List<Span> actual = spans.apply(Sql.statement(expected.sql));
        assertThat(actual.stream().map(expected::mark).toList())
                .isEqualTo(expected.spans.stream().map(expected::mark).toList());
    }

    private String mark(Span span) {
        return sql.substring(0, span.start())
                + '«'
                + sql.substring(span.start(), span.end())
                + '»'
                + sql.substring(span.end());
    }
}
