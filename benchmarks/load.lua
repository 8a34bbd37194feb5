-- Sends the requests of a file in random order. Arguments: the file, a seed, the mean pause between two requests
-- of a connection in milliseconds (0: none), and a text that makes bodies unique.
-- A line of the file is a request's method, path, `key` if it has an Idempotency-Key, and body, tab-separated.
local requests, unique, seed, pause = {}, nil, "", 0
local made = 0

function init(arguments)
    seed, pause, unique = arguments[2], tonumber(arguments[3]), arguments[4]
    math.randomseed(tonumber(seed))
    for line in io.lines(arguments[1]) do
        local method, path, keyed, body = line:match("^(%S+)\t(%S+)\t(%S+)\t(.*)$")
        if body == "" then body = nil else wrk.headers["Content-Type"] = "application/json" end
        if body and body:find("@@") then
            requests[#requests + 1] = { method, path, body, keyed == "key" }
        else
            requests[#requests + 1] = wrk.format(method, path, nil, body)
        end
    end
end

function request()
    local chosen = requests[math.random(#requests)]
    if type(chosen) == "string" then return chosen end
    made = made + 1
    if chosen[4] then wrk.headers["Idempotency-Key"] = unique .. "-" .. made end
    return wrk.format(chosen[1], chosen[2], nil, (chosen[3]:gsub("@@", unique .. made)))
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '\n{"requests": %d, "microseconds": %d, "bytes": %d, "refused": %d, "failed": %d, "p50": %d, "p90": %d, "p99": %d}\n',
        summary.requests, summary.duration, summary.bytes, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout,
        latency:percentile(50), latency:percentile(90), latency:percentile(99)))
end

-- wrk takes the existence of this function for the wish to pause
if os.getenv("LOAD_PAUSES") then
    function delay()
        return math.floor(-pause * math.log(1 - math.random()) + 0.5)
    end
end
