package dev.lockstep.parse;

import dev.lockstep.text.SourceText;

/** Reads scripts. Safe to call from many threads; never throws for what a script holds. */
public interface SqlParser {

    ParsedScript parse(SourceText source);
}
