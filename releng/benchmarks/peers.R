# SPDX-License-Identifier: Apache-2.0
# Fits R's package forecast to the series of a file, one a line: name, length of the training part, values. CPU time by R's own clock.
suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
tasks <- lapply(strsplit(readLines(arguments[1]), ","), function(cells) {
  n <- as.integer(cells[2])
  values <- as.numeric(cells[-(1:2)])
  list(train = ts(values[1:n], frequency = 24), test = values[-(1:n)])
})
few <- as.integer(arguments[2])
cpu <- function(work) {
  took <- system.time(result <- work())
  list(ms = 1000 * (took[["user.self"]] + took[["sys.self"]]), result = result)
}
figure <- function(name, values, unit) cat(sprintf("%s: %.4g %s (%.4g–%.4g, %d series)\n", name, median(values), unit, min(values), max(values), length(values)))
measure <- function(name, some, fit, update = NULL, repeats = 1) {
  ms <- smape <- mase <- updates <- c()
  for (task in some) {
    timed <- cpu(function() { for (i in 1:repeats) made <- fit(task$train); made })
    made <- timed$result
    mean <- as.numeric(forecast(made, h = length(task$test))$mean)[seq_along(task$test)]
    ms <- c(ms, timed$ms / repeats)
    smape <- c(smape, mean(200 * abs(task$test - mean) / (abs(task$test) + abs(mean))))
    train <- as.numeric(task$train)
    mase <- c(mase, mean(abs(task$test - mean)) / mean(abs(diff(train, lag = 24))))
    if (!is.null(update)) updates <- c(updates, cpu(function() update(made, task$train))$ms)
  }
  figure(paste0("forecast.r.", name, ".fit"), ms, "CPU-ms/series")
  if (!is.null(update)) figure(paste0("forecast.r.", name, ".update"), updates, "CPU-ms for a new sample without new parameters")
  cat(sprintf("forecast.r.%s.smape: %.4g %% (mean of %d series)\n", name, mean(smape), length(some)))
  cat(sprintf("forecast.r.%s.mase: %.4g times the in-sample error of seasonal naive\n", name, mean(mase)))
}
cat(sprintf("forecast.r.version: %s of R %s.%s\n", packageVersion("forecast"), R.version$major, R.version$minor))
measure("snaive", tasks, function(y) snaive(y, h = 48), repeats = 5)
measure("thetaf", tasks, function(y) thetaf(y, h = 48))
measure("arima.css", tasks, function(y) Arima(y, order = c(2, 0, 1), seasonal = c(0, 1, 1), method = "CSS"), function(m, y) Arima(y, model = m))
measure("ets", tasks, function(y) ets(y), function(m, y) ets(y, model = m, use.initial.values = TRUE))
if (few > 0) measure("auto.arima", tasks[1:few], function(y) auto.arima(y))
