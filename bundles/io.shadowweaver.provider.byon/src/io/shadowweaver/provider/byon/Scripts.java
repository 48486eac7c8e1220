// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.byon;

import io.shadowweaver.api.provision.CreateRequest;

/**
 * What is run on a host, for a POSIX shell. The file {@code claim} says who has the host. It appears whole or not at all, and only where there is
 * none, since a link is made to a file that is written already. All else bears the token in its name, so that what is left of one claim means nothing to the next.
 */
final class Scripts {
	/** Exit code of {@link #claim}: somebody else has the host. */
	static final int TAKEN = 75;
	/** Exit code of {@link #release}: the release script failed. */
	static final int NOT_RELEASED = 77;

	private Scripts() {
	}

	/** Prints the claim and its state; nothing where the host is free. */
	static String read(String folder) {
		return """
				cd %s 2>/dev/null || exit 0
				cat claim 2>/dev/null || exit 0
				token=$(sed -n 's/^%s=//p' claim)
				if [ -d "releasing.$token" ]; then echo @state=releasing
				elif [ -f "done.$token" ]; then echo "@state=done $(cat "done.$token")"
				elif [ -d "started.$token" ]; then echo @state=started
				else echo @state=claimed; fi
				""".formatted(quote(folder), CreateRequest.TOKEN);
	}

	/** Claims a free host and starts its script. Standard input: the lines of the claim, an empty line, the script. */
	static String claim(String folder, String token) {
		return """
				umask 077
				mkdir -p %1$s && cd %1$s || exit 73
				cat > in.$$ && sed '/^$/,$d' in.$$ > claim.$$ && sed '1,/^$/d' in.$$ > script.%2$s || exit 74
				rm -f in.$$
				if ln claim.$$ claim 2>/dev/null; then rm -f claim.$$; sync
				else
				  rm -f claim.$$
				  grep -qxF '%3$s=%2$s' claim || { rm -f script.%2$s; exit %4$d; }
				fi
				""".formatted(quote(folder), token, CreateRequest.TOKEN, TAKEN) + begin(token);
	}

	/** Starts the script of a claim that was made but not begun. */
	static String start(String folder, String token) {
		return """
				umask 077
				cd %s && grep -qxF '%s=%s' claim || exit 0
				""".formatted(quote(folder), CreateRequest.TOKEN, token) + begin(token);
	}

	// Whoever makes the folder runs the script, so that it runs once.
	private static String begin(String token) {
		return """
				if mkdir started.%1$s 2>/dev/null; then
				  nohup sh -c 'sh ./script.%1$s > log.%1$s 2>&1; echo $? > exit.%1$s; mv exit.%1$s done.%1$s' > /dev/null 2>&1 < /dev/null &
				fi
				exit 0
				""".formatted(token);
	}

	/** Runs what is in standard input, if the token has the host. */
	static String run(String folder, String token) {
		return """
				cd %s 2>/dev/null && grep -qxF '%s=%s' claim 2>/dev/null || exit 0
				exec sh -s
				""".formatted(quote(folder), CreateRequest.TOKEN, token);
	}

	/** Takes a host back, if the token has it. Standard input: the release script. */
	static String release(String folder, String token) {
		return """
				cd %1$s 2>/dev/null && grep -qxF '%2$s=%3$s' claim 2>/dev/null || exit 0
				mkdir -p releasing.%3$s
				sh -s > release.log 2>&1 || exit %4$d
				rm -f claim
				rm -rf script.%3$s started.%3$s done.%3$s log.%3$s releasing.%3$s
				sync
				""".formatted(quote(folder), CreateRequest.TOKEN, token, NOT_RELEASED);
	}

	private static String quote(String text) {
		return "'" + text.replace("'", "'\\''") + "'";
	}
}
