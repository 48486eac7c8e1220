// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.autoscaling;

import java.util.Map;
import java.util.Optional;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import io.shadowweaver.server.security.Caller;
import io.shadowweaver.server.security.Gate;
import io.shadowweaver.server.security.Scope;
import io.shadowweaver.server.security.StreamSlots;

/** Before the external scaler: whoever calls it must be one who may read, and a stream counts among those of its caller. */
public final class ScalerHandler extends Handler.Wrapper {
	private static final String STREAM = "/Stream";

	private final Gate.Refusal refusal;
	private final StreamSlots slots;

	/**
	 * @param refusal how others are told
	 * @param slots   counts streams
	 */
	public ScalerHandler(Gate.Refusal refusal, StreamSlots slots) {
		this.refusal = refusal;
		this.slots = slots;
	}

	@Override
	public boolean handle(Request request, Response response, Callback callback) throws Exception {
		String path = Request.getPathInContext(request);
		if (!path.startsWith("/" + ScalerProto.SERVICE + "/")) {
			return super.handle(request, response, callback);
		}
		if (!GrpcRefusal.isGrpc(request)) {
			refusal.answer(response, callback, 415, "Here gRPC is spoken: the content type must be application/grpc.", Map.of("Accept-Post", GrpcRefusal.TYPE));
			return true;
		}
		Caller caller = request.getAttribute(Caller.ATTRIBUTE) instanceof Caller known ? known : null;
		if (caller == null || !caller.may(Scope.READ)) {
			refusal.answer(response, callback, 403, (caller == null ? "Nobody" : caller.name()) + " may not do that: the scope 'read' is needed.", Map.of());
			return true;
		}
		if (path.startsWith(STREAM, ScalerProto.SERVICE.length() + 1)) {
			Optional<StreamSlots.Slot> slot = slots.take(caller.name());
			if (slot.isEmpty()) {
				refusal.answer(response, callback, 503, "There are as many streams already as there may be.", Map.of());
				return true;
			}
			Request.addCompletionListener(request, failure -> slot.get().close());
		}
		return super.handle(request, response, callback);
	}
}
