// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.DryRun;

/**
 * Dry runs that were asked for: rehearsed at the next step, then completed by what the accounts say, on their threads. Nothing is
 * journalled and nothing is called that changes anything.
 */
final class DryRunDesk implements AutoCloseable {
	private record Wish(String plan, CompletableFuture<DryRun> answer) {
	}

	private final Queue<Wish> wishes = new ConcurrentLinkedQueue<>();
	private final Set<CompletableFuture<DryRun>> open = ConcurrentHashMap.newKeySet();
	private volatile boolean closed;

	/** Asks for one. Any thread. */
	CompletableFuture<DryRun> ask(String plan) {
		CompletableFuture<DryRun> answer = new CompletableFuture<>();
		open.add(answer);
		answer.whenComplete((run, failure) -> open.remove(answer));
		wishes.add(new Wish(plan, answer));
		if (closed) {
			close();
		}
		return answer;
	}

	/**
	 * Begins what was asked for. One thread.
	 *
	 * @param rehearse a plan, by its id; empty where no such plan waits
	 * @param desks    by account
	 */
	void step(Function<String, Optional<DryRuns.Rehearsal>> rehearse, Map<String, AccountDesk> desks, Instant now) {
		for (Wish wish = wishes.poll(); wish != null; wish = wishes.poll()) {
			CompletableFuture<DryRun> answer = wish.answer();
			Optional<DryRuns.Rehearsal> rehearsal = rehearse.apply(wish.plan());
			if (rehearsal.isEmpty()) {
				answer.completeExceptionally(new NoSuchElementException("There is no plan " + wish.plan() + " that waits."));
			} else {
				begin(rehearsal.get(), desks, now).thenAccept(answer::complete);
			}
		}
	}

	private static CompletableFuture<DryRun> begin(DryRuns.Rehearsal rehearsal, Map<String, AccountDesk> desks, Instant now) {
		List<CompletableFuture<DryRun.Step>> steps = new ArrayList<>();
		for (int i = 0; i < rehearsal.intents().size(); i++) {
			Intent intent = rehearsal.intents().get(i);
			DryRun.Step step = rehearsal.run().steps().get(i);
			AccountDesk desk = desks.get(intent.provider());
			steps.add(intent.kind() != Action.Kind.CREATE || desk == null ? CompletableFuture.completedFuture(step)
					: desk.ask("dry run", provider -> provider.dryRun(intent.request()), now).handle((calls, failure) -> answered(step, calls, failure)));
		}
		return CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new))
				.thenApply(all -> rehearsal.run().with(steps.stream().map(CompletableFuture::join).toList()));
	}

	private static DryRun.Step answered(DryRun.Step step, List<String> calls, Throwable failure) {
		if (failure == null) {
			return new DryRun.Step(step.token(), step.provider(), calls, step.trouble());
		}
		Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
		return new DryRun.Step(step.token(), step.provider(), List.of(), cause instanceof PluginException ? cause.getMessage() : cause.toString());
	}

	/** Whoever still waits for an answer is told that there will be none. Any thread. */
	@Override
	public void close() {
		closed = true;
		wishes.clear();
		open.forEach(answer -> answer.completeExceptionally(new IllegalStateException("The estate was closed before the dry run was over.")));
	}
}
