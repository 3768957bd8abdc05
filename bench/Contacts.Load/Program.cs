using System.CommandLine;
using Contacts.Load;

// What the running product does under load, from outside: how many interactions and page views a second it takes in, whether one it
// acknowledged is ever missing after the process was killed, what the lists that people leave open cost it, and how many
// guests a second it shows a page.
var connections = new Option<int>("--connections") { DefaultValueFactory = _ => 16, Description = "Requests in flight at once." };
var browsers = new Option<int>("--connections") { DefaultValueFactory = _ => 64, Description = "Browsers that report at once; each waits for its answer." };
var server = new Option<string>("--server") { DefaultValueFactory = _ => "", Description = "The published Contacts.Web.dll to start on a database of its own.", Required = true };
var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 10, Description = "How long to measure, after 15 seconds of warming up." };
var count = new Option<int>("--count") { DefaultValueFactory = _ => 25, Description = "How often to kill the server." };
var open = new Option<int>("--count") { DefaultValueFactory = _ => 200, Description = "How many lists to open." };
var contacts = new Option<int>("--contacts") { DefaultValueFactory = _ => 500, Description = "How many people to make up." };

var intake = new Command("intake", "Posts interactions as fast as they are answered and prints the rate.") { server, connections, seconds };
intake.SetAction((result, cancel) => IntakeLoad.MeasureAsync(result.GetValue(server)!, result.GetValue(connections), result.GetValue(seconds), cancel));

var views = new Command("views", "Posts page views as fast as they are answered and prints the rate, the memory and what is missing in the end.") { server, browsers, seconds };
views.SetAction((result, cancel) => PageViewLoad.MeasureAsync(result.GetValue(server)!, result.GetValue(browsers), result.GetValue(seconds), cancel));

var kills = new Command("kills", "Kills the server (SIGKILL) under load again and again, then looks for every interaction and page view it had acknowledged.") { server, connections, count };
kills.SetAction((result, cancel) => KillDrill.RunAsync(result.GetValue(server)!, result.GetValue(connections), result.GetValue(count), cancel));

var lists = new Command("lists", "Opens lists of fifty rows, each with a connection of its own, and prints what they cost the server.") { server, open, contacts };
lists.SetAction((result, cancel) => OpenLists.MeasureAsync(result.GetValue(server)!, result.GetValue(open), result.GetValue(contacts), cancel));

var pages = new Command("pages", "Opens a booking calendar's page again and again and prints the rate.") { server, connections, seconds };
pages.SetAction((result, cancel) => PageLoad.MeasureAsync(result.GetValue(server)!, result.GetValue(connections), result.GetValue(seconds), cancel));

var forms = new Command("forms", "Goes through the starter form again and again and prints how long the last answer takes.") { server, connections, seconds };
forms.SetAction((result, cancel) => FlowLoad.SubmitAsync(result.GetValue(server)!, result.GetValue(connections), result.GetValue(seconds), cancel));

var waiting = new Option<int>("--count") { DefaultValueFactory = _ => 1000, Description = "How many chats to open." };
var chats = new Command("chats", "Opens chats whose guests wait for a person, and prints what they cost the server.") { server, waiting };
chats.SetAction((result, cancel) => FlowLoad.OpenChatsAsync(result.GetValue(server)!, result.GetValue(waiting), cancel));

return await new RootCommand("Load and crash checks for Contacts.") { intake, views, kills, lists, pages, forms, chats }.Parse(args).InvokeAsync();
