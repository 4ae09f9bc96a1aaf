# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_apigw_global_optspecs
    string join \n color= h/help V/version
end

function __fish_apigw_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_apigw_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_apigw_using_subcommand
    set -l cmd (__fish_apigw_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c apigw -n "__fish_apigw_needs_command" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_needs_command" -s h -l help -d 'Print help'
complete -c apigw -n "__fish_apigw_needs_command" -s V -l version -d 'Print version'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "event" -d 'Make, list, check and compare the events that API Gateway sends to functions'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "invoke" -d 'Send an event to a function, or a request to an endpoint, and show what the caller gets'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "lint-response" -d 'Say whether API Gateway accepts a function\'s output, and what the caller gets'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "serve" -d 'Serve APIs on this machine: their routes, authorizers and functions'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "test" -d 'Run suites of test cases against a function, an endpoint or the APIs of a template'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "explain" -d 'Explain a rule, or an error: who answered, why, and what to do next'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "policy" -d 'Say who may invoke which function, what API Gateway asks of it, and why not'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "rules" -d 'List the rules'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "schema" -d 'Print a published JSON Schema, for editors and other tools'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "demo" -d 'Show the main job on this machine: a request, its event, a function\'s result, the response'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "demo-function" -d 'Serve the demo\'s events (started by `apigw demo`)'
complete -c apigw -n "__fish_apigw_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apigw -n "__fish_apigw_using_subcommand event; and not __fish_seen_subcommand_from gen from to convert list check diff help" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and not __fish_seen_subcommand_from gen from to convert list check diff help" -s h -l help -d 'Print help'
complete -c apigw -n "__fish_apigw_using_subcommand event; and not __fish_seen_subcommand_from gen from to convert list check diff help" -f -a "gen" -d 'Generate the event that API Gateway sends for a request'
complete -c apigw -n "__fish_apigw_using_subcommand event; and not __fish_seen_subcommand_from gen from to convert list check diff help" -f -a "from" -d 'Events from what is at hand: a curl command line, a HAR recording, raw HTTP, OpenAPI'
complete -c apigw -n "__fish_apigw_using_subcommand event; and not __fish_seen_subcommand_from gen from to convert list check diff help" -f -a "to" -d 'The request that an event describes: as a curl command, as raw HTTP, or its URL'
complete -c apigw -n "__fish_apigw_using_subcommand event; and not __fish_seen_subcommand_from gen from to convert list check diff help" -f -a "convert" -d 'Turn an event into the one that another front end would send for the same call'
complete -c apigw -n "__fish_apigw_using_subcommand event; and not __fish_seen_subcommand_from gen from to convert list check diff help" -f -a "list" -d 'List the kinds of event'
complete -c apigw -n "__fish_apigw_using_subcommand event; and not __fish_seen_subcommand_from gen from to convert list check diff help" -f -a "check" -d 'Say whether AWS would send such an event, and which front end would'
complete -c apigw -n "__fish_apigw_using_subcommand event; and not __fish_seen_subcommand_from gen from to convert list check diff help" -f -a "diff" -d 'Say what differs between two events'
complete -c apigw -n "__fish_apigw_using_subcommand event; and not __fish_seen_subcommand_from gen from to convert list check diff help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l url -d 'The URL as a client calls it' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l path -d 'Path and query below the stage, such as \'/users/42?a=1&a=2\'' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -s X -l method -l request -d 'The method, instead of the kind\'s own' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -s H -l header -d 'A header, or @FILE with one on each line; may be repeated, also for the same name. \'Name;\' is empty, and \'Name:\' takes away what would be sent otherwise' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -s d -l data -d 'The body: text, @FILE without its line breaks, or @- for standard input; several are joined by &' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l data-raw -d 'The same, where @ is a letter like others' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l data-binary -d 'The same, with every byte of @FILE' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l data-urlencode -d 'The same, encoded for you: TEXT, NAME=TEXT, @FILE or NAME@FILE' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l json -d 'A body of JSON, @FILE or @-, with the headers that say so; several follow each other' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -s F -l form -d 'A field of a form of several parts: NAME=TEXT, NAME=@FILE (as a file) or NAME=<FILE (its text), then perhaps ;type=TYPE ;filename=NAME' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l form-string -d 'The same, where @, < and ; are letters like others' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l query -d 'A query parameter, encoded for you; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l url-query -d 'A piece of the query, as --data-urlencode takes it, or raw behind a +' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -s b -l cookie -d 'A cookie; several are joined in one Cookie header. `invoke --url` takes a file of cookies too' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -s u -l user -d 'User and password, for basic authentication' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -s A -l user-agent -d 'The User-Agent' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -s e -l referer -d 'The Referer' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l route -d 'A route of the API, such as \'GET /users/{id}\', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l stage -d 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l stage-variable -d 'A stage variable; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l binary-media-type -d 'A binary media type of a REST API, such as image/png or */*; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l endpoint-type -d 'The endpoint type of a REST API' -r -f -a "edge\t'Behind CloudFront'
regional\t'In one region, reached directly'
private\t'Inside a VPC'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l custom-domain -d 'A custom domain name, with the base path that the API is mapped to' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l account -d 'The account that owns the API [default: 123456789012]' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l region -d 'The region [default: from the URL, else us-east-1]' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l api-id -d 'The id of the API or function URL, or the name of the load balancer\'s target group [default: from the URL, else a fixed one]' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l source-ip -d 'The client\'s address [default: 203.0.113.10]' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l principal -d 'The principal that a Lambda authorizer named' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l context -d 'An entry of a Lambda authorizer\'s context; the value is read as JSON if it is JSON' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l claim -d 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l iam -d 'The IAM user or assumed role that signed the request' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l api-key -d 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l connection-id -d 'The id of the connection [default: one that depends on the request]' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l route-selection -d 'How the API finds the route of a message [default: $request.body.action]' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l disconnect-code -d 'The code with which the connection was closed [default: none, which AWS tells as 1005]' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l disconnect-reason -d 'The reason with which the connection was closed' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l identity-source -d 'Where the identity stands, such as $request.header.Authorization; may be repeated. Without it in the request the gateway answers 401 [default: the Authorization header, and none for REQUEST and WebSocket authorizers]' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l now -d 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l seed -d 'A number that all ids depend on; the same number gives the same ids' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l set -d 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -s o -l output -d 'Write to a file instead of standard output' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -s G -l get -d 'Put the data into the query, and send no body'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -s I -l head -d 'Ask for the head alone: the method HEAD'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l streaming -d 'The function URL streams: its invoke mode is RESPONSE_STREAM'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l fresh -d 'The real clock, and ids that differ from run to run'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -l compact -d 'One line instead of many'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from gen" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from from" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from from" -s h -l help -d 'Print help'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from from" -f -a "curl" -d 'The event for a curl command line, as browsers copy it and people write it'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from from" -f -a "har" -d 'The events of a HAR recording, one line each'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from from" -f -a "http" -d 'The event for a raw HTTP/1.1 request'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from from" -f -a "openapi" -d 'Events for the operations of an OpenAPI 3 document'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from from" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from to" -s o -l output -d 'Write to a file instead of standard output' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from to" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from to" -s h -l help -d 'Print help'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from convert" -l to -d 'The front end that would send it' -r -f -a "rest\t''
http\t''
http-v1\t''
url\t''
alb\t''
alb-multi\t''
lattice\t''
websocket\t''
rest-get\t''
rest-post\t''
rest-put\t''
rest-patch\t''
rest-delete\t''
rest-head\t''
rest-options\t''
rest-any\t''
http-get\t''
http-post\t''
http-put\t''
http-patch\t''
http-delete\t''
http-head\t''
http-options\t''
http-any\t''
http-v1-get\t''
http-v1-post\t''
http-v1-put\t''
http-v1-patch\t''
http-v1-delete\t''
http-v1-head\t''
http-v1-options\t''
http-v1-any\t''
url-get\t''
url-post\t''
url-put\t''
url-patch\t''
url-delete\t''
url-head\t''
url-options\t''
alb-get\t''
alb-post\t''
alb-put\t''
alb-patch\t''
alb-delete\t''
alb-head\t''
alb-options\t''
alb-multi-get\t''
alb-multi-post\t''
alb-multi-put\t''
alb-multi-patch\t''
alb-multi-delete\t''
alb-multi-head\t''
alb-multi-options\t''
lattice-get\t''
lattice-post\t''
lattice-put\t''
lattice-patch\t''
lattice-delete\t''
lattice-head\t''
lattice-options\t''
rest-test-invoke\t''
alb-health-check\t''
websocket-connect\t''
websocket-message\t''
websocket-disconnect\t''
authorizer-token\t''
authorizer-request\t''
authorizer-http\t''
authorizer-http-v1\t''
authorizer-websocket\t''"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from convert" -s o -l output -d 'Write to a file instead of standard output' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from convert" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from convert" -l compact -d 'One line instead of many'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from convert" -s h -l help -d 'Print help'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from list" -l format -d 'How to print them' -r -f -a "human\t'For people'
json\t'One JSON document (schemas/report.json)'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from list" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from list" -l aliases -d 'List the names that SAM, the Lambda console, cargo-lambda, Serverless and Powertools use; each is understood wherever a kind is'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l api -d 'The flavour that the events should be of [default: what each looks like]' -r -f -a "rest\t''
http\t''
http-v1\t''
websocket\t''
url\t''
alb\t''
alb-multi\t''
lattice\t''
authorizer-token\t''
authorizer-request\t''
authorizer-http\t''
authorizer-http-v1\t''
authorizer-websocket\t''"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l input -d 'How a file holds its documents' -r -f -a "auto\t'what its content shows'
one\t'one document, whatever it looks like'
lines\t'one on each line (NDJSON)'
array\t'one in each item of an array'
log\t'among the lines of a function\'s log'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l stdin-filename -d 'The name of what comes on standard input, for reports' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l format -d 'How to print the findings [default: human]' -r -f -a "human\t'frames around the places in the text'
concise\t'one line for each finding: path:line:column: severity[CODE] message'
json\t'one JSON document; its schema: apigw schema report'
jsonl\t'a JSON object on each line; their schema: apigw schema report-line'
sarif\t'SARIF 2.1.0, for GitHub code scanning'
github\t'annotations of GitHub Actions'
gitlab\t'Code Quality report of GitLab'
junit\t'JUnit\'s XML: a test case for each document'
rdjson\t'reviewdog\'s diagnostics, with suggestions'
rdjsonl\t'the same, one diagnostic for each line'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l report -d 'Also write a report to a file, in any of these formats; may be repeated. A file that cannot be written makes the exit code 2' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l select -d 'Tell of these rules only: codes, beginnings of codes (AGW1), names, or all; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l extend-select -d 'Tell of these rules as well, whatever the configuration ignores' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l ignore -d 'Do not tell of these rules; those about text that is no JSON (AGW9..) only if named one by one' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l severity -d 'Make findings of a rule or of a group of rules so severe: error, warning, info, or off' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l fail-on -d 'From which severity on findings make the exit code 1 [default: error]' -r -f -a "error\t''
warning\t''
info\t''
none\t''"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l config -d 'The configuration file [default: the nearest apigw.toml or .apigw.toml above each file, up to the root of its repository]' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l baseline -d 'Do not tell of the findings that stand in this file' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l write-baseline -d 'Write what is found to this file, so that --baseline hides it from now on' -r
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l why -d 'Also say what speaks for the flavour of each event, and against the others'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l allow-empty -d 'Do not call it an error when there is nothing to check'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing of what is in order: no summary, and nothing of documents without findings'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -l isolated -d 'Read no configuration file'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from diff" -l format -d 'How to print the differences' -r -f -a "human\t'For people'
json\t'One JSON document (schemas/report.json)'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from diff" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from diff" -l all -d 'Also what differs from call to call'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "gen" -d 'Generate the event that API Gateway sends for a request'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "from" -d 'Events from what is at hand: a curl command line, a HAR recording, raw HTTP, OpenAPI'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "to" -d 'The request that an event describes: as a curl command, as raw HTTP, or its URL'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "convert" -d 'Turn an event into the one that another front end would send for the same call'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the kinds of event'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "check" -d 'Say whether AWS would send such an event, and which front end would'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Say what differs between two events'
complete -c apigw -n "__fish_apigw_using_subcommand event; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l bin -d 'A function\'s binary: it is started with Lambda\'s environment and a Runtime API of its own' -r -F
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l handler -d 'A handler in a Python or Node file, as Lambda\'s setting has it: app.lambda_handler, src/index.handler' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l cmd -d 'A command line that builds and starts the function, such as \'go run .\'; no shell reads it' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l runtime -d 'What runs the handler: python3.12, nodejs22, the path of an interpreter [default: what the file needs, on PATH]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l env -d 'A variable of the function\'s environment; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l env-file -d 'A file with NAME=VALUE lines for the function\'s environment' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l env-vars -d 'A JSON file with variables, as SAM has it: {"FUNCTION": {"NAME": "VALUE"}, "Parameters": {…}}' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l function-name -d 'What the function is called [default: by its binary, file or directory]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l memory -d 'The function\'s memory size in MB [default: 128]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l init-timeout -d 'Seconds until the function has to ask for its first event [default: 10, with --cmd 600]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l keep -d 'Stay after the answer and let others invoke the warm function, by Lambda\'s Invoke API on this port [a free one]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l log-format -d 'How the function is to write its log, as Lambda\'s setting says; JSON is shown in plain lines' -r -f -a "text\t'As the function likes it'
json\t'An object in each line'"
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l log-level -d 'The least level that the function is to log, as Lambda\'s setting says [default: info for JSON]' -r -f -a "trace\t''
debug\t''
info\t''
warn\t''
error\t''
fatal\t''"
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l url -d 'An endpoint: the request is sent below this URL' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l max-redirs -d 'How many redirects are followed; -1 for all [default: 50]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l connect-timeout -d 'Seconds to reach the server [default: 10]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l retry -d 'Try again that often after a timeout or the statuses 408, 429, 500, 502, 503 and 504' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l retry-delay -d 'Seconds between the tries [default: 1, twice as long each time, or what Retry-After says]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s c -l cookie-jar -d 'Keep cookies from request to request, and write them to this file in Netscape\'s format' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l cacert -d 'The certificates that are trusted, in PEM format, instead of those of this machine' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s E -l cert -d 'A client certificate in PEM format, perhaps with its key' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l key -d 'The key of the client certificate in PEM format' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l resolve -d 'The address of a host, instead of asking for it; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l connect-to -d 'Where connections for a host and port go instead; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s x -l proxy -d 'A proxy of http, https or socks5 [default: as the environment says]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l noproxy -d 'Hosts that are reached without a proxy, by commas; * for all' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s D -l dump-header -d 'Write the heads of all responses to a file' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s w -l write-out -d 'Say this behind the answer: text with %{http_code}, %{time_total}, %header{NAME}, %{json}, or @FILE' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l event -d 'A kind of event, a file with an event, or - for standard input' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l api -d 'The front end between caller and function [default: that of the event, else rest]' -r -f -a "rest\t''
http\t''
http-v1\t''
url\t''
alb\t''
alb-multi\t''
lattice\t''
websocket\t''
authorizer-token\t''
authorizer-request\t''
authorizer-http\t''
authorizer-http-v1\t''
authorizer-websocket\t''"
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l path -d 'Path and query below the stage, such as \'/users/42?a=1&a=2\'' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s X -l method -l request -d 'The method, instead of the kind\'s own' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s H -l header -d 'A header, or @FILE with one on each line; may be repeated, also for the same name. \'Name;\' is empty, and \'Name:\' takes away what would be sent otherwise' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s d -l data -d 'The body: text, @FILE without its line breaks, or @- for standard input; several are joined by &' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l data-raw -d 'The same, where @ is a letter like others' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l data-binary -d 'The same, with every byte of @FILE' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l data-urlencode -d 'The same, encoded for you: TEXT, NAME=TEXT, @FILE or NAME@FILE' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l json -d 'A body of JSON, @FILE or @-, with the headers that say so; several follow each other' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s F -l form -d 'A field of a form of several parts: NAME=TEXT, NAME=@FILE (as a file) or NAME=<FILE (its text), then perhaps ;type=TYPE ;filename=NAME' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l form-string -d 'The same, where @, < and ; are letters like others' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l query -d 'A query parameter, encoded for you; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l url-query -d 'A piece of the query, as --data-urlencode takes it, or raw behind a +' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s b -l cookie -d 'A cookie; several are joined in one Cookie header. `invoke --url` takes a file of cookies too' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s u -l user -d 'User and password, for basic authentication' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s A -l user-agent -d 'The User-Agent' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s e -l referer -d 'The Referer' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l route -d 'A route of the API, such as \'GET /users/{id}\', or a route key of a WebSocket API; may be repeated. Without any, the path itself is the resource' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l stage -d 'The stage [default: from the URL, else $default for HTTP APIs and prod for others]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l stage-variable -d 'A stage variable; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l binary-media-type -d 'A binary media type of a REST API, such as image/png or */*; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l endpoint-type -d 'The endpoint type of a REST API' -r -f -a "edge\t'Behind CloudFront'
regional\t'In one region, reached directly'
private\t'Inside a VPC'"
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l custom-domain -d 'A custom domain name, with the base path that the API is mapped to' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l account -d 'The account that owns the API [default: 123456789012]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l region -d 'The region [default: from the URL, else us-east-1]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l api-id -d 'The id of the API or function URL, or the name of the load balancer\'s target group [default: from the URL, else a fixed one]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l source-ip -d 'The client\'s address [default: 203.0.113.10]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l principal -d 'The principal that a Lambda authorizer named' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l context -d 'An entry of a Lambda authorizer\'s context; the value is read as JSON if it is JSON' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l claim -d 'A claim of the token: Cognito for REST, JWT for HTTP APIs; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l iam -d 'The IAM user or assumed role that signed the request' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l api-key -d 'The API key that the client sends in the header x-api-key (REST); @FILE reads it from a file' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l connection-id -d 'The id of the connection [default: one that depends on the request]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l route-selection -d 'How the API finds the route of a message [default: $request.body.action]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l disconnect-code -d 'The code with which the connection was closed [default: none, which AWS tells as 1005]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l disconnect-reason -d 'The reason with which the connection was closed' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l identity-source -d 'Where the identity stands, such as $request.header.Authorization; may be repeated. Without it in the request the gateway answers 401 [default: the Authorization header, and none for REQUEST and WebSocket authorizers]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l now -d 'The instant of the call, such as 2025-01-31T12:00:00Z [default: a fixed one]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l seed -d 'A number that all ids depend on; the same number gives the same ids' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l set -d 'Put a value into the event, such as /headers/x-a=1; the value is read as JSON if it is JSON, else as text' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l service -d 'The service that is signed for [default: from the host, else execute-api]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l bearer -d 'The token of the header Authorization: Bearer, sent to --url; @FILE reads it from a file' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l cors-allow-origin -d 'An origin that the CORS configuration of the HTTP API or the function URL allows, or *; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s m -l timeout -l max-time -d 'Seconds until the function, or the endpoint, has run out of time [default: 3, for URLs 30, in AWS 900]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l function -d 'A function in AWS: NAME, NAME:QUALIFIER or an ARN' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l type -d 'What Lambda is to do with the event [default: RequestResponse]' -r -f -a "RequestResponse\t'Invoke the function, and wait for its answer'
DryRun\t'Check that it may be invoked, and invoke nothing'
Event\t'Put the event into the function\'s queue, and do not wait'"
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l client-context -d 'The client context that the function finds in its context object' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l profile -d 'The profile of ~/.aws/config whose credentials and region are taken' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l endpoint-url -d 'Where Lambda\'s API is answered instead, such as an emulator (also AWS_ENDPOINT_URL_LAMBDA)' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l events -d 'Ask with every event of a file, one a line (NDJSON), and print the answers in order; - is standard input' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s n -l repeat -d 'Ask so many times and print a measurement, not the answers; the events of --events take turns' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l duration -d 'Ask for so long and measure: 10s, 500ms, 2m' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l rate -d 'Ask at fixed times and measure: 50/s, 600/m. Latencies count from when a call was due: waiting for slow calls before it is a part of them' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l concurrency -d 'Ask so many at a time and measure: each in a process of the function, or on a connection, of its own [default: 1]' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l export -d 'Send nothing: write the requests of --url for another tool to standard output' -r -f -a "k6\t'A script of k6, with the pace as its scenario; credentials come from -e NAME=VALUE'
vegeta\t'Targets of vegeta, for `vegeta attack -format=json`'"
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l compare-bin -d 'The second target: a function\'s binary' -r -F
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l compare-handler -d 'The second target: a handler in a Python or Node file' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l compare-function -d 'The second target: a function in AWS' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l compare-url -d 'The second target: an endpoint' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l ignore-body -d 'A part of JSON bodies that may differ, such as /requestId or /items/*/updatedAt; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s o -l output -d 'Write to a file instead of standard output, whole or not at all' -r
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l format -d 'How to print' -r -f -a "human\t'For people'
json\t'One JSON document (schemas/report.json)'"
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l inherit-env -d 'Pass this machine\'s variables, too, below Lambda\'s own; credentials of AWS are among them'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l watch -d 'Stay after the answer, and start and invoke the function anew whenever its code changes'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l report -d 'Write Lambda\'s START, END and REPORT lines around the function\'s log; -v does, too'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l curl -d 'Print the curl command that sends the same request, and send nothing'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s L -l location -d 'Follow redirects'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l location-trusted -d 'Follow redirects, and give other hosts the credentials too'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s f -l fail -d 'Fail for a status of 400 and more, without its body: exit code 1'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l fail-with-body -d 'The same with the body'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l retry-connrefused -d 'Try again also after a refused connection'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l retry-all-errors -d 'Try again after every failure'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l compressed -d 'Ask for a compressed body, and unpack it'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s k -l insecure -d 'Take any certificate of the server'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l http1.1 -d 'Speak HTTP/1.1, as is usual here'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l http2 -d 'Speak HTTP/2 where the server agrees to it over TLS'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l http2-prior-knowledge -d 'Speak HTTP/2 at once'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l path-as-is -d 'Refuse a path with . and .. in it, instead of resolving them: they cannot be sent'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s O -l remote-name -d 'Write the answer into a file of the name in the URL'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s G -l get -d 'Put the data into the query, and send no body'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s I -l head -d 'Ask for the head alone: the method HEAD'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l streaming -d 'The function URL streams: its invoke mode is RESPONSE_STREAM'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l fresh -d 'The real clock, and ids that differ from run to run'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l sign -d 'Sign the request to --url with AWS credentials, as APIs and function URLs with IAM authorization want it'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l route-response -d 'The WebSocket route has a $default route response, so that a body is sent to the client'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l simple-responses -d 'The authorizer of the HTTP API has simple responses enabled'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l cors-expected -d 'Pages of other origins read the answers: every one needs CORS headers, errors too'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l stream -d 'Ask for the answer as a stream, as a function URL that streams does (InvokeWithResponseStream)'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l tail -d 'Show the end of the function\'s log'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s v -l verbose -d 'Say who was asked, and which version of the function answered; on this machine as --report; with --url, the heads of requests and responses'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l compare -d 'Ask a second target the same, and show what differs; implied by the flags that name it'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l all-headers -d 'Also show headers that differ from call to call; they never count'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s i -l include -d 'Show status and headers before the body'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l raw -d 'Print what the function returned instead of what the caller gets'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -l show-secrets -d 'Show credentials, tokens, keys and cookies in headers and events, which are hidden otherwise'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s s -l silent -d 'Say nothing of further tries'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s S -l show-error -d 'Show errors, as is always done'
complete -c apigw -n "__fish_apigw_using_subcommand invoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l api -d 'The front end that receives the result; several with commas, or all (but authorizers) [default: rest, unless the configuration says otherwise]' -r -f -a "rest\t''
http\t''
http-v1\t''
url\t''
alb\t''
alb-multi\t''
lattice\t''
websocket\t''
authorizer-token\t''
authorizer-request\t''
authorizer-http\t''
authorizer-http-v1\t''
authorizer-websocket\t''
all\t''"
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l moment -d 'The moment of a WebSocket connection that the result answers [default: message]' -r -f -a "connect\t'$connect'
message\t'Every other route but $disconnect'
disconnect\t'$disconnect'"
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l method-arn -l route-arn -d 'The ARN of the call that an authorizer is asked about, as its event names it [default: a GET of the root of the default API]' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l cors-allow-origin -d 'An origin that the CORS configuration of the HTTP API or the function URL allows, or *; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l origin -d 'The origin of the page that asks: the answer must let it read' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l request-method -d 'The method of the request that is answered [default: GET]' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l request-header -d 'A header of the request that is answered; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l accept -d 'The Accept header of the request that is answered' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l binary-media-type -d 'A binary media type of the REST API, such as image/png or */*; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l body-schema -d 'A JSON Schema for the JSON in the bodies of the results, or of those with a status (200=FILE, 4xx=FILE); may be repeated. What it refers to is read from files beside it or below' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l input -d 'How a file holds its documents' -r -f -a "auto\t'what its content shows'
one\t'one document, whatever it looks like'
lines\t'one on each line (NDJSON)'
array\t'one in each item of an array'
log\t'among the lines of a function\'s log'"
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l stdin-filename -d 'The name of what comes on standard input, for reports' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l format -d 'How to print the findings [default: human]' -r -f -a "human\t'frames around the places in the text'
concise\t'one line for each finding: path:line:column: severity[CODE] message'
json\t'one JSON document; its schema: apigw schema report'
jsonl\t'a JSON object on each line; their schema: apigw schema report-line'
sarif\t'SARIF 2.1.0, for GitHub code scanning'
github\t'annotations of GitHub Actions'
gitlab\t'Code Quality report of GitLab'
junit\t'JUnit\'s XML: a test case for each document'
rdjson\t'reviewdog\'s diagnostics, with suggestions'
rdjsonl\t'the same, one diagnostic for each line'"
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l report -d 'Also write a report to a file, in any of these formats; may be repeated. A file that cannot be written makes the exit code 2' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l select -d 'Tell of these rules only: codes, beginnings of codes (AGW1), names, or all; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l extend-select -d 'Tell of these rules as well, whatever the configuration ignores' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l ignore -d 'Do not tell of these rules; those about text that is no JSON (AGW9..) only if named one by one' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l severity -d 'Make findings of a rule or of a group of rules so severe: error, warning, info, or off' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l fail-on -d 'From which severity on findings make the exit code 1 [default: error]' -r -f -a "error\t''
warning\t''
info\t''
none\t''"
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l config -d 'The configuration file [default: the nearest apigw.toml or .apigw.toml above each file, up to the root of its repository]' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l baseline -d 'Do not tell of the findings that stand in this file' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l write-baseline -d 'Write what is found to this file, so that --baseline hides it from now on' -r
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l route-response -d 'The WebSocket route has a $default route response, so that a body is sent to the client'
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l simple-responses -d 'The authorizer of the HTTP API has simple responses enabled'
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l cors-expected -d 'Pages of other origins read the answers: every one needs CORS headers, errors too'
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l streaming -d 'The function URL streams (its invoke mode is RESPONSE_STREAM): a file holds what the function sends, with its prelude if it has one'
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l fix -d 'Mend what is mechanical in the files, and tell of what is left; standard input is printed mended'
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l diff -d 'Print what --fix would change, and change nothing'
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l allow-empty -d 'Do not call it an error when there is nothing to check'
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -s q -l quiet -d 'Say nothing of what is in order: no summary, and nothing of documents without findings'
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -l isolated -d 'Read no configuration file'
complete -c apigw -n "__fish_apigw_using_subcommand lint-response" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l base-path -d 'The base path of a custom domain under which an API answers, too; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l jwks -d 'The keys of an authorizer that verifies tokens: a key set (JWKS) in a file or at a URL; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l iam-identity -d 'Whom signed requests come from: the ARN of an IAM user or an assumed role' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l api-key -d 'An API key that is known, beside those of the template; without any, every key will do' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l throttle -d 'Let no more requests pass: so many a second, and so many at once [default: all]' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l no-auth -d 'Switch an authorizer off, by its name; AWS_IAM for signatures' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l no-route -d 'Leave a route out, by its key: \'GET /users/{id}\'' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l no-api -d 'Leave an API out, by its logical id' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l parameter -d 'The value of a parameter, instead of its default' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l region -d 'What ${AWS::Region} is; the partition follows from it' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l account -d 'What ${AWS::AccountId} is' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l partition -d 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l api-id -d 'The id of the API, or LOGICAL_ID=ID where there are several' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l route -d 'A route and what answers it, a binary or a handler; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l api -d 'The front end of --route: rest, http, http-v1, url or websocket' -r -f -a "rest\t''
http\t''
http-v1\t''
url\t''
alb\t''
alb-multi\t''
lattice\t''
websocket\t''
authorizer-token\t''
authorizer-request\t''
authorizer-http\t''
authorizer-http-v1\t''
authorizer-websocket\t''"
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l stage -d 'The stage of --route [default: $default, of REST and WebSocket APIs prod]' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l route-selection -d 'How messages of a WebSocket API of --route find theirs [default: $request.body.action]' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l route-response -d 'A route of that WebSocket API that sends back what its function returns; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l port -d 'The port of the first API, the next has the next; 0 takes free ones' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l host -d 'The address to listen on' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l format -d 'How requests are told of' -r -f -a "human\t'A line each, for people'
jsonl\t'An object of JSON each, on a line'"
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l function -d 'What stands for a function of the template: a binary, or a handler such as src/app.handler; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l build -d 'A command line that builds the functions: run by the shell at the start and before each reload' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l env -d 'A variable of the functions\' environment; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l env-file -d 'A file with NAME=VALUE lines for the functions\' environment' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l env-vars -d 'A JSON file with variables, as SAM has it: {"FUNCTION": {"NAME": "VALUE"}, "Parameters": {…}}' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l memory -d 'The functions\' memory size in MB [default: the template\'s, else 128]' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l timeout -d 'Seconds until a function has run out of time [default: the template\'s, else 3]' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l concurrency -d 'How many processes of a function may run at once' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l inspect -d 'The port of the page that shows requests as they come; 0 takes a free one [default: 4040]' -r
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l one-port -d 'All APIs on one port, found by stage or base path'
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l no-watch -d 'Do not reload when code or templates change'
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l inherit-env -d 'Pass this machine\'s variables, too, below Lambda\'s own; credentials of AWS are among them'
complete -c apigw -n "__fish_apigw_using_subcommand serve" -l no-inspect -d 'Do not open that page'
complete -c apigw -n "__fish_apigw_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l openapi -d 'Ask what the examples of an OpenAPI document ask, in place of the suites\' cases: the answers have to fit the responses that it describes, by status, content type and schema' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l target -d 'Who is asked for --openapi, where no suite says it: a key of a target such as bin=./bootstrap; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l filter -d 'Only cases whose names contain this text, or match it as a regular expression; cases whose captures they use run, too. May be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l tag -d 'Only cases with this tag; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -s j -l jobs -d 'How many suites run at a time [default: 2]' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l shuffle -d 'Run suites, and cases of suites without captures, in an order that depends on a number' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l retries -d 'How often a case is tried again that is not as expected; of functions in AWS and endpoints' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l fuzz -d 'Also send N hostile variants of each request to the function, as events that AWS could send: without headers, oddly encoded, of other types. A function that fails, or whose result is refused, is a failure' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l seed -d 'The number that the choice of variants depends on' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l hostile -d 'Send the variant with just these changes, as a failure of --fuzz names them' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l format -d 'How to print what came of it [default: human]' -r -f -a "human\t'for people'
json\t'one JSON document; its schema: apigw schema report'
junit\t'JUnit\'s XML: a test suite for each file'
tap\t'TAP, version 14'
github\t'annotations of GitHub Actions'
html\t'one page of HTML that stands alone'"
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l report -d 'Also write a report to a file, in any of these formats; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l dry-run -d 'List the cases, and run nothing'
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l bail -d 'End with the first case that is not as expected'
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l update -d 'Write the snapshots that are missing or differ, and drop those of no case'
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -l show-secrets -d 'Show credentials, tokens, keys and cookies, which are hidden otherwise'
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -a "init" -d 'Write a first suite'
complete -c apigw -n "__fish_apigw_using_subcommand test; and not __fish_seen_subcommand_from init help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apigw -n "__fish_apigw_using_subcommand test; and __fish_seen_subcommand_from init" -s o -l output -d 'The suite to write; - for standard output [default: TEMPLATE.apigw.yaml beside the template]' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and __fish_seen_subcommand_from init" -l function -d 'What stands for a function, a binary or a handler; * for the routes of a document that names none; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and __fish_seen_subcommand_from init" -l parameter -d 'The value of a parameter, instead of its default' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and __fish_seen_subcommand_from init" -l region -d 'What ${AWS::Region} is; the partition follows from it' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and __fish_seen_subcommand_from init" -l account -d 'What ${AWS::AccountId} is' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and __fish_seen_subcommand_from init" -l partition -d 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and __fish_seen_subcommand_from init" -l api-id -d 'The id of the API, or LOGICAL_ID=ID where there are several' -r
complete -c apigw -n "__fish_apigw_using_subcommand test; and __fish_seen_subcommand_from init" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand test; and __fish_seen_subcommand_from init" -l force -d 'Replace the file if it is there'
complete -c apigw -n "__fish_apigw_using_subcommand test; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help'
complete -c apigw -n "__fish_apigw_using_subcommand test; and __fish_seen_subcommand_from help" -f -a "init" -d 'Write a first suite'
complete -c apigw -n "__fish_apigw_using_subcommand test; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apigw -n "__fish_apigw_using_subcommand explain" -l format -d 'How to print it' -r -f -a "human\t'For people'
json\t'One JSON document (schemas/report.json)'
markdown\t'Markdown, as in the README and in docs/rules'"
complete -c apigw -n "__fish_apigw_using_subcommand explain" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and not __fish_seen_subcommand_from arn check explain grants routes suggest help" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and not __fish_seen_subcommand_from arn check explain grants routes suggest help" -s h -l help -d 'Print help'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and not __fish_seen_subcommand_from arn check explain grants routes suggest help" -f -a "arn" -d 'Draw a pattern of ARNs, and say whether it matches, contains or overlaps others'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and not __fish_seen_subcommand_from arn check explain grants routes suggest help" -f -a "check" -d 'Say what is wrong with a policy, and which route of a template may not invoke its function'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and not __fish_seen_subcommand_from arn check explain grants routes suggest help" -f -a "explain" -d 'Say whether a policy allows a request, and which statement or segment decides'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and not __fish_seen_subcommand_from arn check explain grants routes suggest help" -f -a "grants" -d 'List every grant of a template, those included that SAM generates from events and authorizers'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and not __fish_seen_subcommand_from arn check explain grants routes suggest help" -f -a "routes" -d 'List the routes of a template with the source ARN that each presents to its function, and which grant covers it'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and not __fish_seen_subcommand_from arn check explain grants routes suggest help" -f -a "suggest" -d 'The fewest grants that let every route and authorizer of a template invoke its function'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and not __fish_seen_subcommand_from arn check explain grants routes suggest help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from arn" -l format -d 'How to print' -r -f -a "human\t'For people'
json\t'One JSON document (schemas/report.json)'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from arn" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from arn" -l string -d 'Compare whole texts, as StringLike does: * reaches over colons'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from arn" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l input -d 'How a file holds its documents' -r -f -a "auto\t'what its content shows'
one\t'one document, whatever it looks like'
lines\t'one on each line (NDJSON)'
array\t'one in each item of an array'
log\t'among the lines of a function\'s log'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l stdin-filename -d 'The name of what comes on standard input, for reports' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l format -d 'How to print the findings [default: human]' -r -f -a "human\t'frames around the places in the text'
concise\t'one line for each finding: path:line:column: severity[CODE] message'
json\t'one JSON document; its schema: apigw schema report'
jsonl\t'a JSON object on each line; their schema: apigw schema report-line'
sarif\t'SARIF 2.1.0, for GitHub code scanning'
github\t'annotations of GitHub Actions'
gitlab\t'Code Quality report of GitLab'
junit\t'JUnit\'s XML: a test case for each document'
rdjson\t'reviewdog\'s diagnostics, with suggestions'
rdjsonl\t'the same, one diagnostic for each line'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l report -d 'Also write a report to a file, in any of these formats; may be repeated. A file that cannot be written makes the exit code 2' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l select -d 'Tell of these rules only: codes, beginnings of codes (AGW1), names, or all; may be repeated' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l extend-select -d 'Tell of these rules as well, whatever the configuration ignores' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l ignore -d 'Do not tell of these rules; those about text that is no JSON (AGW9..) only if named one by one' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l severity -d 'Make findings of a rule or of a group of rules so severe: error, warning, info, or off' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l fail-on -d 'From which severity on findings make the exit code 1 [default: error]' -r -f -a "error\t''
warning\t''
info\t''
none\t''"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l config -d 'The configuration file [default: the nearest apigw.toml or .apigw.toml above each file, up to the root of its repository]' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l baseline -d 'Do not tell of the findings that stand in this file' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l write-baseline -d 'Write what is found to this file, so that --baseline hides it from now on' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l parameter -d 'The value of a parameter, instead of its default' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l region -d 'What ${AWS::Region} is; the partition follows from it' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l account -d 'What ${AWS::AccountId} is' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l partition -d 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l api-id -d 'The id of the API, or LOGICAL_ID=ID where there are several' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l function -d 'Check what AWS has of a function now: its policy, and the APIs that the policy or --api-id names. NAME, NAME:QUALIFIER or an ARN' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l stage -d 'Look at this stage of the APIs only' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l profile -d 'The profile of ~/.aws/config whose credentials and region are taken' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l endpoint-url -d 'Where AWS\'s services are answered instead, such as an emulator' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l allow-empty -d 'Do not call it an error when there is nothing to check'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing of what is in order: no summary, and nothing of documents without findings'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l isolated -d 'Read no configuration file'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l fix -d 'Mend what is mechanical in the files, and tell of what is left; standard input is printed mended'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -l diff -d 'Print what --fix would change, and change nothing'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l policy -d 'The policy; - for standard input' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l format -d 'How to print' -r -f -a "human\t'For people'
json\t'One JSON document (schemas/report.json)'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l source-arn -d 'The source ARN that API Gateway presents to the function' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l function -d 'The function that is invoked [default: the resource of the policy\'s first statement]' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l route -d 'A route of the template, such as \'GET /users/{id}\', $default, or \'authorizer NAME\'' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l template -d 'The template that has the route: SAM, CloudFormation, CDK, Terraform or OpenAPI' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l parameter -d 'The value of a parameter of the template, instead of its default' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l api -d 'The API of the template, where several have the route' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l request -d 'The call of the API, such as \'GET /users/42\'; $connect for a WebSocket API' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l stage -d 'The stage [default: that of the template if there is one, else prod]' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l region -d 'The region of the API [default: that of the policy\'s resources, else us-east-1]' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l account -d 'The account of the API [default: that of the policy\'s resources, else 123456789012]' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l api-id -d 'The id of the API [default: that of the policy\'s resources, else a fixed one]' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l source-ip -d 'The client\'s address; behind a VPC endpoint it is aws:VpcSourceIp [default: 203.0.113.10 for calls that come through none]' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l vpce -d 'The VPC endpoint through which the call comes' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l vpc -d 'The VPC from which the call comes' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l caller -d 'Who signed the request: the ARN of a user, role or session, or an account' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l auth -d 'How the method authorizes its callers [default: iam with --caller, else the policy alone]' -r -f -a "none\t'It does not'
iam\t'AWS_IAM'
cognito\t'A Cognito user pool'
lambda\t'A Lambda authorizer'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l auth-says -d 'What the caller\'s own policies, the token or the Lambda authorizer say [default: allow]' -r -f -a "allow\t'It allows the call'
deny\t'It denies the call'
nothing\t'It says nothing about the call'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l context -d 'A key of the request\'s context, such as aws:PrincipalOrgID=o-123; a key given twice has two values' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from grants" -l parameter -d 'The value of a parameter, instead of its default' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from grants" -l region -d 'What ${AWS::Region} is; the partition follows from it' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from grants" -l account -d 'What ${AWS::AccountId} is' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from grants" -l partition -d 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from grants" -l api-id -d 'The id of the API, or LOGICAL_ID=ID where there are several' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from grants" -l format -d 'How to print' -r -f -a "human\t'For people'
json\t'One JSON document (schemas/report.json)'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from grants" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from grants" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from routes" -l parameter -d 'The value of a parameter, instead of its default' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from routes" -l region -d 'What ${AWS::Region} is; the partition follows from it' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from routes" -l account -d 'What ${AWS::AccountId} is' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from routes" -l partition -d 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from routes" -l api-id -d 'The id of the API, or LOGICAL_ID=ID where there are several' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from routes" -l format -d 'How to print' -r -f -a "human\t'For people'
json\t'One JSON document (schemas/report.json)'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from routes" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from routes" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from suggest" -l parameter -d 'The value of a parameter, instead of its default' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from suggest" -l region -d 'What ${AWS::Region} is; the partition follows from it' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from suggest" -l account -d 'What ${AWS::AccountId} is' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from suggest" -l partition -d 'What ${AWS::Partition} is: aws, aws-cn, aws-us-gov' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from suggest" -l api-id -d 'The id of the API, or LOGICAL_ID=ID where there are several' -r
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from suggest" -l format -d 'How to print' -r -f -a "human\t'For people'
json\t'One JSON document (schemas/report.json)'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from suggest" -l breadth -d 'How far a grant may reach' -r -f -a "route\t'The function\'s routes, and nothing else'
method\t'Every route with the same method in the same stage'
stage\t'Every route in the same stage'
api\t'Every route of the API, and its authorizers'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from suggest" -l as -d 'How to write the grants' -r -f -a "cli\t'Command lines of the AWS CLI'
cloudformation\t'Resources of CloudFormation, in YAML'
sam\t'The same in a template of SAM'
terraform\t'Resources of Terraform'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from suggest" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from suggest" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "arn" -d 'Draw a pattern of ARNs, and say whether it matches, contains or overlaps others'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "check" -d 'Say what is wrong with a policy, and which route of a template may not invoke its function'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Say whether a policy allows a request, and which statement or segment decides'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "grants" -d 'List every grant of a template, those included that SAM generates from events and authorizers'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "routes" -d 'List the routes of a template with the source ARN that each presents to its function, and which grant covers it'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "suggest" -d 'The fewest grants that let every route and authorizer of a template invoke its function'
complete -c apigw -n "__fish_apigw_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apigw -n "__fish_apigw_using_subcommand rules" -l select -d 'Only rules whose code begins so (AGW1), or of that name; several with commas' -r
complete -c apigw -n "__fish_apigw_using_subcommand rules" -l format -d 'How to print them' -r -f -a "human\t'For people'
json\t'One JSON document (schemas/report.json)'
markdown\t'Markdown, as in the README and in docs/rules'"
complete -c apigw -n "__fish_apigw_using_subcommand rules" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand rules" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand schema" -l format -d 'How to print the list' -r -f -a "human\t'For people'
json\t'One JSON document (schemas/report.json)'"
complete -c apigw -n "__fish_apigw_using_subcommand schema" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c apigw -n "__fish_apigw_using_subcommand demo" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand demo" -s h -l help -d 'Print help'
complete -c apigw -n "__fish_apigw_using_subcommand completions" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand completions" -s h -l help -d 'Print help'
complete -c apigw -n "__fish_apigw_using_subcommand demo-function" -l color -d 'When to use colours (also NO_COLOR and CLICOLOR_FORCE)' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c apigw -n "__fish_apigw_using_subcommand demo-function" -s h -l help -d 'Print help'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "event" -d 'Make, list, check and compare the events that API Gateway sends to functions'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "invoke" -d 'Send an event to a function, or a request to an endpoint, and show what the caller gets'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "lint-response" -d 'Say whether API Gateway accepts a function\'s output, and what the caller gets'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "serve" -d 'Serve APIs on this machine: their routes, authorizers and functions'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "test" -d 'Run suites of test cases against a function, an endpoint or the APIs of a template'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "explain" -d 'Explain a rule, or an error: who answered, why, and what to do next'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "policy" -d 'Say who may invoke which function, what API Gateway asks of it, and why not'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "rules" -d 'List the rules'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "schema" -d 'Print a published JSON Schema, for editors and other tools'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "demo" -d 'Show the main job on this machine: a request, its event, a function\'s result, the response'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "demo-function" -d 'Serve the demo\'s events (started by `apigw demo`)'
complete -c apigw -n "__fish_apigw_using_subcommand help; and not __fish_seen_subcommand_from event invoke lint-response serve test explain policy rules schema demo completions demo-function help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "gen" -d 'Generate the event that API Gateway sends for a request'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "from" -d 'Events from what is at hand: a curl command line, a HAR recording, raw HTTP, OpenAPI'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "to" -d 'The request that an event describes: as a curl command, as raw HTTP, or its URL'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "convert" -d 'Turn an event into the one that another front end would send for the same call'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "list" -d 'List the kinds of event'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "check" -d 'Say whether AWS would send such an event, and which front end would'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from event" -f -a "diff" -d 'Say what differs between two events'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from test" -f -a "init" -d 'Write a first suite'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "arn" -d 'Draw a pattern of ARNs, and say whether it matches, contains or overlaps others'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "check" -d 'Say what is wrong with a policy, and which route of a template may not invoke its function'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "explain" -d 'Say whether a policy allows a request, and which statement or segment decides'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "grants" -d 'List every grant of a template, those included that SAM generates from events and authorizers'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "routes" -d 'List the routes of a template with the source ARN that each presents to its function, and which grant covers it'
complete -c apigw -n "__fish_apigw_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "suggest" -d 'The fewest grants that let every route and authorizer of a template invoke its function'
