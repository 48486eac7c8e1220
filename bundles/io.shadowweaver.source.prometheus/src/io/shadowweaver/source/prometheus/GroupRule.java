// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.source.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.shadowweaver.api.plugin.PluginException;

/**
 * Puts resources into a group.
 *
 * @param group   its id; {@code group} with an empty pattern stands for 'the value of the label'
 * @param label   the label that is looked at
 * @param pattern what its whole value must match; {@code null} where each value makes a group
 */
record GroupRule(String group, String label, Pattern pattern) {
	private static final Pattern EACH = Pattern.compile("([A-Za-z0-9_.-]+)\\s*=\\s*label\\s*:\\s*([A-Za-z_][A-Za-z0-9_]*)");
	private static final Pattern MATCH = Pattern.compile("([A-Za-z0-9_.-]+)\\s*=\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*(=|~)\\s*(.+)");

	/**
	 * Reads rules.
	 *
	 * @param text one a line; blank lines and those that begin with # are left out
	 * @throws PluginException naming line and reason
	 */
	static List<GroupRule> parse(String text) throws PluginException {
		List<GroupRule> rules = new ArrayList<>();
		int number = 0;
		for (String raw : text.split("\n", -1)) {
			number++;
			String line = raw.strip();
			if (line.isEmpty() || line.startsWith("#")) {
				continue;
			}
			String where = "Groups (groups), line " + number + ": ";
			Matcher each = EACH.matcher(line);
			Matcher match = MATCH.matcher(line);
			if (each.matches()) {
				rules.add(new GroupRule(each.group(1), each.group(2), null));
			} else if (match.matches()) {
				try {
					String value = match.group(4).strip();
					rules.add(new GroupRule(match.group(1), match.group(2),
							Pattern.compile(match.group(3).equals("=") ? Pattern.quote(value) : value)));
				} catch (PatternSyntaxException e) {
					throw new PluginException(where + "'" + match.group(4) + "' is not a pattern: " + e.getDescription() + ".", e);
				}
			} else {
				throw new PluginException(
						where + "'" + line + "' is not of the form 'group = label:job', 'web = instance~web-.*' or 'db = role=database'.");
			}
		}
		return rules;
	}

	/** The group of a resource by the first rule that fits. */
	static Optional<String> groupOf(List<GroupRule> rules, Map<String, String> labels) {
		for (GroupRule rule : rules) {
			String value = labels.getOrDefault(rule.label, "");
			if (rule.pattern == null && !value.isBlank()) {
				// A slash may not stand in the id of a group.
				String name = value.replace('/', '-');
				return Optional.of(rule.group.equals("group") ? name : rule.group + "-" + name);
			}
			if (rule.pattern != null && rule.pattern.matcher(value).matches()) {
				return Optional.of(rule.group);
			}
		}
		return Optional.empty();
	}
}
