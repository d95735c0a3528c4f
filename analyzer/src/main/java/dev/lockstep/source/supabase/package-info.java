/** The Supabase CLI: files in order of their time stamps, statements sent in batches. */
@NullMarked
package dev.lockstep.source.supabase;

import org.jspecify.annotations.NullMarked;
