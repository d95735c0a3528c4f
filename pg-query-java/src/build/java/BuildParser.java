import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Makes the parser's build products from the npm package: the names its WebAssembly module imports and exports, and the
 * native library. Run by Maven as {@code java BuildParser.java MODULE_DIRECTORY OUTPUT_DIRECTORY}.
 */
public final class BuildParser {
    private static final List<String> EXPORTS = List.of(
            "malloc",
            "free",
            "wasm_parse_query_raw",
            "wasm_free_parse_result",
            "wasm_parse_plpgsql",
            "wasm_fingerprint",
            "wasm_normalize_query",
            "wasm_scan",
            "wasm_free_string",
            "setThrew",
            "_emscripten_stack_restore",
            "emscripten_stack_get_current",
            "constructors",
            "memory",
            "table");

    /** Imports the glue implements by hand; every other one must be an {@code invoke_} trampoline. */
    private static final List<String> IMPORTS = List.of(
            "___assert_fail",
            "__abort_js",
            "__emscripten_runtime_keepalive_clear",
            "__emscripten_throw_longjmp",
            "__setitimer_js",
            "_emscripten_resize_heap",
            "_exit",
            "_fd_close",
            "_fd_read",
            "_fd_seek",
            "_fd_write",
            "_proc_exit");

    /**
     * No signal handlers: the JVM owns them. The depth limit goes with the 128 MB stack of the parser thread. The last
     * three settings say the same to wasm2c's newer runtimes.
     */
    private static final List<String> FLAGS = List.of(
            "-O1",
            "-fPIC",
            "-fvisibility=hidden",
            "-w",
            "-DNDEBUG",
            "-DWASM_RT_MAX_CALL_STACK_DEPTH=20000",
            "-DWASM_RT_MEMCHECK_SIGNAL_HANDLER=0",
            "-DWASM_RT_USE_MMAP=0",
            "-DWASM_RT_MEMCHECK_BOUNDS_CHECK=1",
            "-DWASM_RT_SKIP_SIGNAL_RECOVERY=1");

    private static final String PACKAGE_PATH = "dev/lockstep/pgquery/";

    private final Path module;
    private final Path output;

    private BuildParser(Path module, Path output) {
        this.module = module;
        this.output = output;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var build = new BuildParser(Path.of(arguments[0]).toAbsolutePath(), Path.of(arguments[1]).toAbsolutePath());
        build.installPackages();
        var names = build.moduleNames();
        build.writeNames(names);
        build.copyLicence();
        build.buildNativeLibrary(names);
    }

    /** Runs {@code npm ci} unless the packages on disk came from this lock file. */
    private void installPackages() throws IOException, InterruptedException {
        var stamp = module.resolve("node_modules/.installed-from");
        var wanted = sha256(Files.readAllBytes(module.resolve("package-lock.json")));
        if (Files.exists(stamp) && Files.readString(stamp).equals(wanted) && Files.exists(wasmFile())) {
            return;
        }
        var npm = System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
        if (findProgram(npm).isEmpty()) {
            throw new IllegalStateException("npm is needed to fetch the parser (package libpg-query): install Node.js");
        }
        run(module, List.of(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        Files.writeString(stamp, wanted);
    }

    private Path wasmFile() {
        return module.resolve("node_modules/libpg-query/wasm/libpg-query.wasm");
    }

    /** The minified letters of the module, by the names its JavaScript loader gives them. */
    private record ModuleNames(Map<String, String> imports, Map<String, String> exports) {
        Map<String, String> invokes() {
            var result = new TreeMap<>(imports);
            result.keySet().retainAll(
                    imports.keySet().stream().filter(name -> name.startsWith("invoke_")).toList());
            return result;
        }
    }

    private ModuleNames moduleNames() throws IOException {
        var loader = Files.readString(module.resolve("node_modules/libpg-query/wasm/libpg-query.js"));
        var imports = new TreeMap<String, String>();
        var table = group(loader, "var wasmImports=\\{([^}]*)\\}");
        for (var entry : table.split(",")) {
            var letterAndName = entry.split(":");
            imports.put(letterAndName[1], letterAndName[0]);
        }
        for (var name : IMPORTS) {
            require(imports.containsKey(name), "the parser no longer imports " + name);
        }
        for (var name : imports.keySet()) {
            require(
                    IMPORTS.contains(name) || name.matches("invoke_[vij]i*"),
                    "the parser imports " + name + ", which the glue does not implement");
        }
        var exports = new TreeMap<String, String>();
        exports.put("constructors", group(loader, "wasmExports\\[\"(\\w+)\"\\]\\(\\)"));
        exports.put("memory", group(loader, "wasmMemory=wasmExports\\[\"(\\w+)\"\\]"));
        exports.put("table", group(loader, "wasmTable=wasmExports\\[\"(\\w+)\"\\]"));
        for (var name : EXPORTS) {
            if (!exports.containsKey(name)) {
                exports.put(name, group(loader, "\\b_" + name + "=(?:Module\\[\"\\w+\"\\]=)?wasmExports\\[\"(\\w+)\"\\]"));
            }
        }
        return new ModuleNames(imports, exports);
    }

    /** For the portable engine, which looks the names up at run time. */
    private void writeNames(ModuleNames names) throws IOException {
        var lines = new ArrayList<String>();
        names.imports().forEach((name, letter) -> lines.add("import." + name + "=" + letter));
        names.exports().forEach((name, letter) -> lines.add("export." + name + "=" + letter));
        writeIfChanged(output.resolve(PACKAGE_PATH + "module-names.properties"), String.join("\n", lines) + "\n");
    }

    private void copyLicence() throws IOException {
        var licence = Files.readString(module.resolve("node_modules/libpg-query/LICENSE"));
        writeIfChanged(output.resolve("META-INF/licenses/libpg-query.txt"), licence);
    }

    private void buildNativeLibrary(ModuleNames names) throws IOException, InterruptedException {
        var resource = output.resolve(PACKAGE_PATH + "native/" + platform() + "/" + System.mapLibraryName("pgquery"));
        var toolchain = Toolchain.find();
        if (toolchain.isEmpty()) {
            Files.deleteIfExists(resource);
            Files.deleteIfExists(describes(resource));
            System.out.println("pg-query-java: no " + Toolchain.missing()
                    + ": building without the native parser, the portable one is slower"
                    + " (packages: wabt for wasm2c, and gcc or clang)");
            return;
        }
        var built = cacheDirectory().resolve(inputsHash(toolchain.get()) + suffix(resource));
        if (!Files.exists(built)) {
            compileInto(built, toolchain.get(), names);
        }
        var library = Files.readAllBytes(built);
        var checksum = new CRC32();
        checksum.update(library);
        var description = "size=" + library.length + "\ncrc32=" + checksum.getValue() + "\nsha256=" + sha256(library) + "\n";
        if (Files.exists(resource)
                && Files.exists(describes(resource))
                && Files.readString(describes(resource)).equals(description)) {
            return;
        }
        Files.createDirectories(resource.getParent());
        Files.write(resource, library);
        Files.writeString(describes(resource), description);
    }

    private static Path describes(Path library) {
        return library.resolveSibling("library.properties");
    }

    private static String suffix(Path library) {
        var name = library.getFileName().toString();
        return name.substring(name.lastIndexOf('.'));
    }

    /** Compiles in a directory of its own and moves the result in place in one step: two builds may run at once. */
    private void compileInto(Path built, Toolchain toolchain, ModuleNames names) throws IOException, InterruptedException {
        var started = System.nanoTime();
        System.out.println("pg-query-java: compiling the native parser, once for this toolchain (about half a minute)");
        Files.createDirectories(built.getParent());
        var work = Files.createTempDirectory(built.getParent(), "build-");
        try {
            var header = work.resolve("pgquery.h");
            var outputs = Runtime.getRuntime().availableProcessors();
            var units = toolchain.translate(wasmFile(), work, outputs);
            var symbols = Symbols.read(Files.readString(header));
            Files.writeString(work.resolve("pg_query_names.h"), symbols.names(names.imports(), names.exports()));
            Files.writeString(work.resolve("pg_query_invokes.h"), symbols.invokes(names.invokes()));
            units.add(module.resolve("src/main/c/pg_query_jni.c"));
            units.addAll(toolchain.runtimeSources());
            var library = toolchain.compile(units, work);
            Files.move(library, built, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            deleteRecursively(work);
        }
        System.out.printf(
                Locale.ROOT, "pg-query-java: native parser compiled in %.0f s%n", (System.nanoTime() - started) / 1e9);
    }

    private String inputsHash(Toolchain toolchain) throws IOException, InterruptedException {
        var digest = new StringBuilder(String.join(" ", FLAGS)).append(toolchain.versions());
        var inputs = new ArrayList<>(List.of(
                wasmFile(),
                module.resolve("node_modules/libpg-query/wasm/libpg-query.js"),
                module.resolve("src/main/c/pg_query_jni.c"),
                module.resolve("src/build/java/BuildParser.java"),
                toolchain.header()));
        inputs.addAll(toolchain.runtimeSources());
        for (var input : inputs) {
            digest.append('\n').append(sha256(Files.readAllBytes(input)));
        }
        return sha256(digest.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    private static Path cacheDirectory() {
        var base = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(value -> Path.of(value).isAbsolute())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        return base.resolve("lockstep").resolve("native-build");
    }

    /** The same words the library uses to find its resource. */
    private static String platform() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var family = os.startsWith("mac") ? "macos" : os.startsWith("windows") ? "windows" : os;
        return family + "-" + System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    }

    /** The programs that turn WebAssembly into a shared library, with the runtime sources that belong to them. */
    private record Toolchain(Path wasm2c, Path compiler, Path runtime, Path header) {
        static Optional<Toolchain> find() throws IOException {
            var wasm2c = findProgram("wasm2c");
            var compiler = findProgram("cc").or(() -> findProgram("gcc")).or(() -> findProgram("clang"));
            if (wasm2c.isEmpty() || compiler.isEmpty() || System.getProperty("os.name").startsWith("Windows")) {
                return Optional.empty();
            }
            var prefix = wasm2c.get().toRealPath().getParent().getParent();
            var runtime = prefix.resolve("share/wabt/wasm2c");
            var header = List.of(prefix.resolve("include/wasm-rt.h"), runtime.resolve("wasm-rt.h")).stream()
                    .filter(Files::exists)
                    .findFirst();
            require(
                    header.isPresent() && Files.exists(runtime.resolve("wasm-rt-impl.c")),
                    "wasm2c at " + wasm2c.get() + " comes without its runtime sources: reinstall the package wabt");
            return Optional.of(new Toolchain(wasm2c.get(), compiler.get(), runtime, header.get()));
        }

        static String missing() {
            return findProgram("wasm2c").isEmpty() ? "wasm2c" : "usable C compiler";
        }

        String versions() throws IOException, InterruptedException {
            return capture(wasm2c.toString(), "--version") + capture(compiler.toString(), "--version");
        }

        List<Path> runtimeSources() throws IOException {
            try (var files = Files.list(runtime)) {
                return files.filter(file -> file.getFileName().toString().matches("wasm-rt-(mem-|exceptions-)?impl\\.c"))
                        .sorted()
                        .toList();
            }
        }

        /** Newer wasm2c splits its output by itself; for 1.0.32 we do. */
        List<Path> translate(Path wasm, Path work, int outputs) throws IOException, InterruptedException {
            var command = new ArrayList<>(List.of(wasm2c.toString(), "-n", "pgquery", "-o", "pgquery.c", wasm.toString()));
            var splits = capture(wasm2c.toString(), "--help").contains("--num-outputs");
            if (splits) {
                command.add("--num-outputs=" + outputs);
            }
            run(work, command);
            if (!splits) {
                return new Splitter(Files.readString(work.resolve("pgquery.c"))).writeUnits(work, outputs);
            }
            try (var files = Files.list(work)) {
                return files.filter(file -> file.toString().endsWith(".c")).sorted().collect(Collectors.toList());
            }
        }

        Path compile(List<Path> units, Path work) throws IOException, InterruptedException {
            var javaInclude = Path.of(System.getProperty("java.home"), "include");
            var platformInclude = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
            var include = List.of(
                    "-I" + work,
                    "-I" + runtime,
                    "-I" + header.getParent(),
                    "-I" + javaInclude,
                    "-I" + javaInclude.resolve(platformInclude));
            var objects = IntStream.range(0, units.size()).mapToObj(i -> work.resolve(i + ".o")).toList();
            inParallel(IntStream.range(0, units.size())
                    .mapToObj(i -> command(
                            List.of(compiler.toString()),
                            FLAGS,
                            include,
                            List.of("-c", units.get(i).toString(), "-o", objects.get(i).toString())))
                    .toList(), work);
            var library = work.resolve(System.mapLibraryName("pgquery"));
            run(work, command(
                    List.of(compiler.toString(), "-shared", "-o", library.toString()),
                    objects.stream().map(Path::toString).toList(),
                    platformInclude.equals("linux") ? List.of("-s", "-lm") : List.of("-lm")));
            return library;
        }
    }

    /** The C symbols wasm2c gave the module: its naming changed between versions, its comments did not. */
    private record Symbols(String header, Map<String, String> imports, Map<String, String> exports) {
        static Symbols read(String header) {
            return new Symbols(header, declared(header, "import: 'a' "), declared(header, "export: "));
        }

        private static Map<String, String> declared(String header, String kind) {
            return Pattern.compile("/\\* " + kind + "'(\\w+)' \\*/\\s+\\w+\\*? (\\w+)\\(")
                    .matcher(header)
                    .results()
                    .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
        }

        String names(Map<String, String> importLetters, Map<String, String> exportLetters) {
            var lines = new ArrayList<String>();
            lines.add("#include \"pgquery.h\"");
            lines.add("typedef " + group(header, "typedef struct (\\w+) \\{") + " parser_module;");
            lines.add("#define host_struct " + group(header, "_instantiate\\(\\w+\\*, struct (\\w+)\\*"));
            lines.add("#define module_instantiate " + group(header, "void (\\w+_instantiate)\\("));
            lines.add("#define module_free " + group(header, "void (\\w+_free)\\("));
            lines.add("#define module_prepare() " + find(header, "void (\\w+_init_module)\\(void\\)").map(s -> s + "()").orElse("((void)0)"));
            lines.add("#define function_type " + find(header, "(\\w+_get_func_type)\\(").orElse("wasm_rt_register_func_type"));
            importLetters.forEach((name, letter) -> lines.add("#define import_" + name + " " + symbol(imports, letter)));
            exportLetters.forEach((name, letter) -> lines.add("#define export_" + name + " " + symbol(exports, letter)));
            return String.join("\n", lines) + "\n";
        }

        private static String symbol(Map<String, String> symbols, String letter) {
            require(symbols.containsKey(letter), "wasm2c declares nothing for '" + letter + "'");
            return symbols.get(letter);
        }

        /** One C function for each {@code invoke_} import: the letters after the underscore are result and arguments. */
        String invokes(Map<String, String> invokeLetters) {
            var functions = new StringBuilder();
            var types = new StringBuilder();
            var index = 0;
            for (var name : invokeLetters.keySet()) {
                var signature = name.substring("invoke_".length());
                var result = cType(signature.charAt(0));
                var count = signature.length() - 1;
                var parameters = repeat(count, i -> ", u32 p" + i);
                var pointer = result + " (*)(void*" + repeat(count, i -> ", u32") + ")";
                var call = "((" + pointer + ") callee.func)(callee.module_instance" + repeat(count, i -> ", p" + i) + ")";
                functions.append(result + " import_" + name + "(host* host, u32 index" + parameters + ") {\n  "
                        + (result.equals("void") ? "INVOKE_VOID" : "INVOKE") + "(" + index + ", " + call + ")\n}\n");
                types.append("  invoke_types[" + index + "] = function_type(" + count + ", "
                        + (result.equals("void") ? "0" : "1") + repeat(count, i -> ", WASM_RT_I32")
                        + (result.equals("void") ? "" : result.equals("u64") ? ", WASM_RT_I64" : ", WASM_RT_I32") + ");\n");
                index++;
            }
            return "static invoke_type invoke_types[" + index + "];\n\nstatic void register_invoke_types(void) {\n" + types
                    + "}\n\n" + functions;
        }

        private static String cType(char letter) {
            return switch (letter) {
                case 'v' -> "void";
                case 'i' -> "u32";
                case 'j' -> "u64";
                default -> throw new IllegalStateException("unknown type letter " + letter);
            };
        }

        private static String repeat(int count, java.util.function.IntFunction<String> part) {
            return IntStream.rangeClosed(1, count).mapToObj(part).collect(Collectors.joining());
        }
    }

    /**
     * Cuts the single file of wasm2c 1.0.32 into units of like size, so that all cores compile. Functions and the type
     * table lose their {@code static}; the library hides them.
     */
    private static final class Splitter {
        private static final Pattern FUNCTION =
                Pattern.compile("^static ((?:void|u32|u64|f32|f64) w2c_\\w+\\([^)]*\\)) \\{\\n.*?^\\}\\n", Pattern.MULTILINE | Pattern.DOTALL);
        private static final Pattern DECLARATION =
                Pattern.compile("^static ((?:void|u32|u64|f32|f64) w2c_\\w+\\([^)]*\\);)$", Pattern.MULTILINE);
        private static final Pattern TYPES = Pattern.compile("^static (u32 func_types\\[\\d+\\];)$", Pattern.MULTILINE);

        private final String source;

        Splitter(String source) {
            this.source = source;
        }

        List<Path> writeUnits(Path work, int outputs) throws IOException {
            var functions = FUNCTION.matcher(source).results().map(MatchResult::group).toList();
            var types = TYPES.matcher(source);
            require(!functions.isEmpty() && types.find(), "wasm2c's output has a shape this build does not know");
            var declarations = DECLARATION.matcher(source).results().map(match -> match.group(1)).toList();
            var prelude = source.substring(0, types.start()) + "extern " + types.group(1) + "\n" + String.join("\n", declarations) + "\n";
            var units = new ArrayList<Path>();
            var rest = FUNCTION.matcher(source).replaceAll("");
            rest = DECLARATION.matcher(rest).replaceAll(match -> Matcher.quoteReplacement(match.group(1)));
            rest = TYPES.matcher(rest).replaceAll("$1");
            units.add(write(work, "pgquery_main.c", rest));
            var bins = distribute(functions, outputs);
            for (var i = 0; i < bins.size(); i++) {
                units.add(write(work, "pgquery_" + i + ".c", prelude + bins.get(i)));
            }
            return units;
        }

        private static List<StringBuilder> distribute(List<String> functions, int outputs) {
            var bins = IntStream.range(0, outputs).mapToObj(i -> new StringBuilder()).toList();
            functions.stream().sorted(Comparator.comparingInt(String::length).reversed()).forEach(function -> bins.stream()
                    .min(Comparator.comparingInt(StringBuilder::length))
                    .orElseThrow()
                    .append(function.substring("static ".length())));
            return bins;
        }

        private static Path write(Path work, String name, String text) throws IOException {
            return Files.writeString(work.resolve(name), text);
        }
    }

    @SafeVarargs
    private static List<String> command(List<String>... parts) {
        return Arrays.stream(parts).flatMap(List::stream).toList();
    }

    private static void inParallel(List<List<String>> commands, Path directory) throws InterruptedException {
        var executor = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            var pending = new ArrayList<Future<?>>();
            for (var command : commands) {
                pending.add(executor.submit(() -> {
                    run(directory, command);
                    return null;
                }));
            }
            for (var future : pending) {
                future.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the native parser could not be compiled", failure.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private static void run(Path directory, List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
        try {
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            require(process.waitFor() == 0, String.join(" ", command) + "\n" + text);
        } finally {
            process.destroy();
        }
    }

    private static String capture(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    private static Optional<Path> findProgram(String name) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(Pattern.quote(java.io.File.pathSeparator)))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<String> find(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().findFirst().map(match -> match.group(1));
    }

    private static String group(String text, String pattern) {
        return find(text, pattern)
                .orElseThrow(() -> new IllegalStateException("the parser's package changed: nothing matches " + pattern));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException(message);
        }
    }

    private static void writeIfChanged(Path file, String text) throws IOException {
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void deleteRecursively(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
