# SPDX-License-Identifier: Apache-2.0
# Writes what R's package forecast makes of a few series: the oracle of OracleTest. Run it as
#   Rscript oracle.R > oracle.csv
# Lines of the output:
#   series,NAME,PERIOD,VALUE,…                                            NA is a gap
#   auto,NAME,p,d,q,P,D,Q,CONSTANT,LOGLIK,AICC,FORECAST,…                 auto.arima without approximations, 24 steps ahead
#   fixed,NAME,p,d,q,P,D,Q,CONSTANT,LOGLIK,AICC,FORECAST,…                Arima by maximum likelihood, 24 steps ahead
#   given,NAME,p,d,q,P,D,Q,COUNT,COEFFICIENT,…,LOGLIK                     the likelihood at given coefficients: φ, θ, Φ, Θ
suppressMessages(library(forecast))
options(digits = 12)
digits <- function(x) paste(vapply(as.numeric(x), format, "", digits = 11), collapse = ",")
line <- function(...) cat(paste(..., sep = ","), "\n", sep = "")
cat(sprintf("# The output of R %s.%s with forecast %s, by oracle.R\n", R.version$major, R.version$minor, packageVersion("forecast")))
set.seed(20)
simulated <- function(n, period = 1, ...) ts(as.numeric(arima.sim(n = n, ...)), frequency = period)
seasonal <- local({
  e <- rnorm(240)
  w <- filter(e + .4 * c(0, e[-240]) - .6 * c(rep(0, 12), e[1:228]) - .24 * c(rep(0, 13), e[1:227]), .5, method = "recursive")
  y <- numeric(240)
  for (t in 1:240) y[t] <- w[t] + if (t > 12) y[t - 12] else 10 * sin(pi * t / 6)
  ts(round(y, 6), frequency = 12)
})
all <- list(airline = log(AirPassengers), lynx = log(lynx), wwwusage = WWWusage, nottem = nottem, deaths = USAccDeaths, lakes = LakeHuron, nile = Nile,
            ar2 = simulated(200, model = list(ar = c(1.2, -.5))), arma = simulated(300, model = list(ar = .7, ma = .5)), seasonal = seasonal)
holes <- function(y, at) { y[at] <- NA; y }
all$arma.gaps <- holes(all$arma, c(20, 21, 22, 100, 150:170))
all$airline.gaps <- holes(all$airline, c(30, 31, 77, 78, 79, 120))
for (name in names(all)) line("series", name, frequency(all[[name]]), digits(all[[name]]))
result <- function(kind, name, fit) {
  o <- arimaorder(fit)
  o <- c(o[1:3], if (length(o) > 3) o[4:6] else c(0, 0, 0))
  constant <- any(names(coef(fit)) %in% c("intercept", "drift"))
  line(kind, name, paste(o, collapse = ","), tolower(constant), digits(fit$loglik), digits(fit$aicc), digits(forecast(fit, h = 24)$mean))
}
for (name in names(all)) {
  auto <- auto.arima(all[[name]], approximation = FALSE)
  result("auto", name, auto)
  o <- arimaorder(auto)
  seasonal <- if (length(o) > 3) o[4:6] else c(0, 0, 0)
  result("fixed", name, Arima(all[[name]], order = o[1:3], seasonal = seasonal, include.constant = any(names(coef(auto)) %in% c("intercept", "drift")), method = "ML"))
}
result("fixed", "airline", Arima(all$airline, order = c(0, 1, 1), seasonal = c(0, 1, 1), method = "ML"))
result("fixed", "airline.gaps", Arima(all$airline.gaps, order = c(0, 1, 1), seasonal = c(0, 1, 1), method = "ML"))
result("fixed", "seasonal", Arima(all$seasonal, order = c(1, 0, 1), seasonal = c(0, 1, 1), method = "ML"))
result("fixed", "nottem", Arima(all$nottem, order = c(1, 0, 0), seasonal = c(2, 1, 0), method = "ML"))
given <- function(name, order, seasonal, values) {
  fit <- arima(all[[name]], order = order, seasonal = list(order = seasonal, period = frequency(all[[name]])), fixed = values, include.mean = FALSE,
               transform.pars = FALSE, method = "ML")
  line("given", name, paste(c(order, seasonal), collapse = ","), length(values), paste(values, collapse = ","), digits(fit$loglik))
}
given("airline", c(0, 1, 1), c(0, 1, 1), c(-.4, -.55))
given("airline", c(2, 0, 1), c(1, 1, 1), c(.5, .2, -.3, .3, -.6))
given("arma", c(1, 0, 1), c(0, 0, 0), c(.6, .4))
given("seasonal", c(1, 0, 1), c(0, 1, 1), c(.5, .4, -.6))
given("arma.gaps", c(1, 0, 1), c(0, 0, 0), c(.6, .4))
given("airline.gaps", c(0, 1, 1), c(0, 1, 1), c(-.4, -.55))
given("airline", c(1, 0, 1), c(0, 1, 2), c(.5, -.3, -.4, .2))
given("seasonal", c(3, 1, 0), c(2, 0, 1), c(.5, -.3, .1, .5, .3, -.4))
