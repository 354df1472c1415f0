on.at("1h", function() inject("message", {text = "坝下渗水"}) end)
