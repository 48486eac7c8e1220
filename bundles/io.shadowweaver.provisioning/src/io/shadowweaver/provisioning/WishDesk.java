// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;

/** What persons want and do not know the answer to yet: planned at the next step. */
final class WishDesk implements AutoCloseable {
	private record Asked(List<Wish> wishes, String person, CompletableFuture<List<Proposal>> answer) {
	}

	private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
	private final Set<CompletableFuture<List<Proposal>>> open = ConcurrentHashMap.newKeySet();
	private volatile boolean closed;

	/**
	 * Asks for plans. Any thread.
	 *
	 * @param person who wants them; empty to see only what they would be
	 */
	CompletableFuture<List<Proposal>> ask(List<Wish> wishes, String person) {
		CompletableFuture<List<Proposal>> answer = new CompletableFuture<>();
		open.add(answer);
		answer.whenComplete((proposals, failure) -> open.remove(answer));
		asked.add(new Asked(List.copyOf(wishes), person, answer));
		if (closed) {
			close();
		}
		return answer;
	}

	/**
	 * Answers all. One thread.
	 *
	 * @param plan what becomes of a wish of a person
	 */
	void step(BiFunction<Wish, String, Proposal> plan) {
		for (Asked one = asked.poll(); one != null; one = asked.poll()) {
			String person = one.person();
			one.answer().complete(one.wishes().stream().map(wish -> plan.apply(wish, person)).toList());
		}
	}

	/** Whoever still waits for an answer is told that there will be none. Any thread. */
	@Override
	public void close() {
		closed = true;
		asked.clear();
		open.forEach(answer -> answer.completeExceptionally(new IllegalStateException("The estate was closed before anything was planned.")));
	}
}
