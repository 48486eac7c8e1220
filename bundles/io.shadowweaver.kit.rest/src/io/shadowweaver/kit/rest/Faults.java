// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.AccountException;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;

/**
 * Sentences for what goes wrong at an account: what was tried, where, and what the provider says, never a secret. Thread-safe.
 */
public final class Faults {
	/** Calls with an answer. */
	@FunctionalInterface
	public interface Call<T> {
		/** Calls. */
		T run() throws IOException, PluginException;
	}

	/** Calls of which nothing is to be known but that they went well. */
	@FunctionalInterface
	public interface Change {
		/** Calls. */
		void run() throws IOException, PluginException;
	}

	/** By which a provider says with the status 403 that it is not about permissions. */
	private static final Pattern LIMIT = Pattern.compile("quota|limit|exceed", Pattern.CASE_INSENSITIVE);
	/** By which a provider says with any status that nothing more fits; narrower than those, for a name may exceed its length. */
	private static final Pattern FULL = Pattern.compile("quota|limit.?exceeded|exhausted|allocation.?failed|stockout|no.valid.host", Pattern.CASE_INSENSITIVE);
	/** By which a provider says with any status that what was named is not there, or cannot be had. */
	private static final Pattern ABSENT = Pattern.compile("not.?found|not.?available|cannot be found|does not exist|unsupported.?operation", Pattern.CASE_INSENSITIVE);

	private final String account;
	private final UnaryOperator<String> mask;
	private final Skew skew;

	/**
	 * @param account names provider and place, such as {@code OpenStack at cloud.example.org}
	 * @param mask    takes secrets out of a text, such as {@link io.shadowweaver.api.plugin.Settings#mask}
	 * @param skew    of the account's clock
	 */
	public Faults(String account, UnaryOperator<String> mask, Skew skew) {
		this.account = account;
		this.mask = mask;
		this.skew = skew;
	}

	/**
	 * Asks the provider something.
	 *
	 * @param what what cannot be done where it fails, as of {@link #failed}
	 * @return the answer
	 * @throws PluginException as of the call, or {@link #failed}
	 */
	public <T> T ask(String what, Call<T> call) throws PluginException {
		try {
			return call.run();
		} catch (IOException e) {
			throw failed(what, e);
		}
	}

	/**
	 * Has the provider make something.
	 *
	 * @param what what cannot be done where it fails, as of {@link #changing}
	 * @return what was made
	 * @throws PluginException as of the call, or {@link #changing}
	 */
	public <T> T make(String what, Call<T> call) throws PluginException {
		try {
			return call.run();
		} catch (IOException e) {
			throw changing(what, e);
		}
	}

	/**
	 * Has the provider change something.
	 *
	 * @param what what cannot be done where it fails, as of {@link #changing}
	 * @throws PluginException as of the call, or {@link #changing}
	 */
	public void change(String what, Change change) throws PluginException {
		try {
			change.run();
		} catch (IOException e) {
			throw changing(what, e);
		}
	}

	/**
	 * Something was read, or a change failed whose outcome does not matter for certain.
	 *
	 * @param what a clause without its end, such as {@code The machines cannot be listed}
	 * @param e    what the call threw
	 * @return to be thrown
	 */
	public PluginException failed(String what, Exception e) {
		return new AccountException(kind(e), sentence(what, e), mask(e));
	}

	/**
	 * Something was to be made or changed: refused where the provider said no, otherwise of unknown outcome.
	 *
	 * @param what as above
	 * @param e    what the call threw
	 * @return to be thrown
	 */
	public PluginException changing(String what, Exception e) {
		Optional<AnswerException> answer = answer(e);
		if (answer.isPresent() && answer.get().isCertain()) {
			return new RefusedException(kind(e), sentence(what, e));
		}
		return new AccountException(kind(e), sentence(what, e) + " Whether it was done is not known.", mask(e));
	}

	/** The answer behind an exception; empty where none came, or it could not be read. */
	public static Optional<AnswerException> answer(Throwable e) {
		return cause(e, AnswerException.class);
	}

	/** What kind of trouble an exception tells of. */
	public static AccountFault kind(Throwable e) {
		Optional<AnswerException> answer = answer(e);
		if (answer.isPresent()) {
			return kind(answer.get());
		}
		if (isNotJson(e)) {
			return AccountFault.ANSWER;
		}
		return cause(e, UnresolvedAddressException.class).isPresent() ? AccountFault.DOWN : AccountFault.of(e);
	}

	private static AccountFault kind(AnswerException answer) {
		return switch (answer.status()) {
		case AnswerException.NOT_JSON -> AccountFault.ANSWER;
		case 401 -> AccountFault.ACCESS;
		case 403 -> LIMIT.matcher(answer.reason() + " " + answer.said()).find() ? AccountFault.LIMIT : AccountFault.ACCESS;
		case 404 -> AccountFault.MISSING;
		case 408, 413, 429 -> AccountFault.DOWN;
		case 410 -> AccountFault.MISSING;
		default -> answer.status() >= 500 ? AccountFault.DOWN : kind(answer.reason() + " " + answer.said());
		};
	}

	/**
	 * What kind of trouble a provider's words tell of, where no status says it: those of an operation that failed after its call was answered, or
	 * of a call that was declined.
	 *
	 * @param words its code and its sentence
	 * @return {@link AccountFault#LIMIT}, {@link AccountFault#MISSING} or {@link AccountFault#OTHER}
	 */
	public static AccountFault kind(String words) {
		if (FULL.matcher(words).find()) {
			return AccountFault.LIMIT;
		}
		return ABSENT.matcher(words).find() ? AccountFault.MISSING : AccountFault.OTHER;
	}

	/** Whether the provider answered that what was named is not there. */
	public static boolean isNotFound(Exception e) {
		return answer(e).map(answer -> answer.status() == 404).orElse(false);
	}

	/**
	 * Refuses to make anything while the clocks do not agree: review dates, leads and expiry of tokens would be wrong.
	 *
	 * @throws RefusedException naming the difference
	 */
	public void checkClock() throws RefusedException {
		Optional<Duration> disagreement = skew.disagreement();
		if (disagreement.isPresent()) {
			throw new RefusedException(AccountFault.CLOCK, clocks(disagreement.get()) + " Nothing is made until they agree within " + Skew.LARGEST.toMinutes() + " minutes.");
		}
	}

	private String clocks(Duration ahead) {
		return "The clock of " + account + " is " + ahead.abs().toMinutes() + " minutes " + (ahead.isNegative() ? "behind" : "ahead of") + " ours.";
	}

	private String sentence(String what, Exception e) {
		String reason = reason(e);
		String clocks = skew.disagreement().map(ahead -> " " + clocks(ahead)).orElse("");
		return mask.apply(what + " at " + account + ": " + reason + (reason.endsWith(".") ? "" : ".") + clocks);
	}

	private static String reason(Exception e) {
		Optional<AnswerException> answer = answer(e);
		if (answer.isPresent()) {
			return reason(answer.get());
		}
		if (cause(e, InterruptedIOException.class).isPresent()) {
			return "no answer came in time";
		}
		if (cause(e, UnknownHostException.class).isPresent() || cause(e, UnresolvedAddressException.class).isPresent()) {
			return "its host name is not known";
		}
		if (cause(e, ConnectException.class).isPresent()) {
			return "it cannot be reached" + cause(e, ConnectException.class).map(Exception::getMessage).map(said -> ": " + said).orElse("");
		}
		if (cause(e, SSLException.class).isPresent()) {
			return "no secure connection could be made: " + cause(e, SSLException.class).get().getMessage();
		}
		if (isNotJson(e)) {
			return "its answer is not JSON, or not such as the interface promises";
		}
		Optional<IOException> broken = cause(e, IOException.class);
		return broken.map(io -> "the connection broke: " + io.getMessage()).orElseGet(() -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
	}

	private static boolean isNotJson(Throwable e) {
		for (Throwable t = e; t != null; t = t.getCause()) {
			// Gson, which some libraries parse with, is not visible from here.
			if (t instanceof JsonProcessingException || t.getClass().getName().startsWith("com.google.gson")) {
				return true;
			}
		}
		return false;
	}

	private static String reason(AnswerException answer) {
		String said = answer.said().isEmpty() ? "" : ", saying '" + answer.said() + "'";
		return switch (answer.status()) {
		case AnswerException.NOT_JSON -> "its answer to " + answer.call() + " is not JSON";
		case 401 -> "it does not accept the credentials, or they have expired (401)" + said;
		case 403 -> "it does not allow that, or the quota is used up (403)" + said;
		case 404 -> "it does not know what was named in " + answer.call() + " (404)" + said;
		case 413, 429 -> "it takes no more calls for now (" + answer.status() + ")" + answer.retryAfter().map(pause -> ", the next in " + pause.toSeconds() + " s").orElse("") + said;
		default -> "it answered " + answer.status() + " to " + answer.call() + said;
		};
	}

	/** Keeps the kind and the trace of a failure for the log, without the texts in which a secret may stand. */
	private Throwable mask(Exception e) {
		IOException shown = new IOException(mask.apply(reason(e)));
		shown.setStackTrace(e.getStackTrace());
		return shown;
	}

	private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
		for (Throwable t = e; t != null; t = t.getCause()) {
			if (type.isInstance(t)) {
				return Optional.of(type.cast(t));
			}
		}
		return Optional.empty();
	}
}
