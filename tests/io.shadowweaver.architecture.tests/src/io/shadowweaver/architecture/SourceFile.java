// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java file.
 *
 * @param text as it stands
 * @param code the same without comments and without the content of strings, line numbers unchanged
 */
record SourceFile(Path file, String text, String code) {

    private static final Pattern PACKAGE = Pattern.compile("^\\s*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);
    private static final Pattern NOT_CODE = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/|\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'",
            Pattern.DOTALL);

    static SourceFile read(Path file) {
        try {
            String text = Files.readString(file);
            return new SourceFile(file, text, codeOf(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String codeOf(String text) {
        return NOT_CODE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(blank(match.group())));
    }

    private static String blank(String text) {
        String lines = "\n".repeat((int) text.chars().filter(c -> c == '\n').count());
        return text.startsWith("/") ? " " + lines : "\"\"" + lines;
    }

    static Optional<String> packageOf(String code) {
        Matcher matcher = PACKAGE.matcher(code);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    int line(int offset) {
        return 1 + (int) code.substring(0, offset).chars().filter(c -> c == '\n').count();
    }
}
