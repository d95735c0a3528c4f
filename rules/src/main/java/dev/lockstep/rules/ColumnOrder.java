package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Columns in an order that leaves holes in every row. */
final class ColumnOrder implements StatementRule {

    private static final Cause PADDING = new Cause(
            "padding",
            Severity.NOTE,
            Hazard.NONE,
            "Each row of {0} has {1} bytes of padding at its columns of fixed length, {2} of which"
                    + " another order saves.",
            "Put the columns of 8 bytes first, then those of 4, 2 and 1, and those of any length last.");

    /** Rows start at multiples of it: {@code MAXALIGN}. */
    private static final int ROW_ALIGNMENT = 8;

    private static final Comparator<Width> TIGHTEST =
            Comparator.comparingInt(Width::alignment).reversed().thenComparingInt(Width::rest);

    private static final RuleInfo INFO = new RuleInfo(
            "column-order",
            "The order of a new table's columns costs eight bytes or more in every row",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("atlas:PG110", "migrationpilot:MP061"),
            List.of(PADDING),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Statement.CreateTable create)
                || create.persistence() == Statement.Persistence.TEMPORARY
                || !create.parents().isEmpty()
                || !create.likes().isEmpty()) {
            return;
        }
        List<Width> widths = create.columns().stream()
                .map(column -> column.type().flatMap(ColumnOrder::width))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .toList();
        boolean endsTheRow = widths.size() == create.columns().size();
        int padding = padding(widths, endsTheRow);
        int least = padding(widths.stream().sorted(TIGHTEST).toList(), endsTheRow);
        if (padding - least >= ROW_ALIGNMENT) {
            report.report(Hit.at(
                    create.head(),
                    PADDING,
                    create.table().toString(),
                    String.valueOf(padding),
                    String.valueOf(padding - least)));
        }
    }

    /** {@code typlen} and {@code typalign} of {@code pg_type}, in bytes. */
    record Width(int bytes, int alignment) {

        /** What a column of the same alignment behind it has to skip. */
        int rest() {
            return bytes % alignment;
        }
    }

    /** Of a type of fixed length. */
    static Optional<Width> width(TypeName type) {
        if (type.arrayDimensions() > 0) {
            return Optional.empty();
        }
        return switch (type.name()) {
            case "bool" -> Optional.of(new Width(1, 1));
            case "uuid" -> Optional.of(new Width(16, 1));
            case "int2", "smallserial", "serial2" -> Optional.of(new Width(2, 2));
            case "int4", "serial", "serial4", "float4", "date", "oid" -> Optional.of(new Width(4, 4));
            case "int8", "bigserial", "serial8", "float8", "money", "time", "timestamp", "timestamptz" ->
                Optional.of(new Width(8, 8));
            case "timetz" -> Optional.of(new Width(12, 8));
            case "interval", "point" -> Optional.of(new Width(16, 8));
            default -> Optional.empty();
        };
    }

    /** The bytes left free before the columns, and where these end the row, behind the last up to a full eight. */
    static int padding(List<Width> widths, boolean endsTheRow) {
        int at = 0;
        int padding = 0;
        for (Width width : widths) {
            int free = free(at, width.alignment());
            padding += free;
            at += free + width.bytes();
        }
        return endsTheRow ? padding + free(at, ROW_ALIGNMENT) : padding;
    }

    private static int free(int at, int alignment) {
        return (alignment - at % alignment) % alignment;
    }
}
